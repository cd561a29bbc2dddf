package org.facemill.cli.output;

import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Names and values of parsed options and parameters. */
final class Values {

    private Values() {}

    /** The value, without the Optional that may be around it; null where there is none. */
    static Object of(ArgSpec argument) {
        Object value = argument.getValue();
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /** As users write it. */
    static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
