package org.facemill.cli.output;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Refuses numbers that are out of range, NaN or infinite as bad usage, before any command starts. */
public final class OptionCheck implements IExecutionStrategy {

    private final IExecutionStrategy next = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
        for (CommandLine line : parsed.asCommandLineList()) {
            line.getCommandSpec().args().forEach(argument -> check(line, argument));
        }
        return next.execute(parsed);
    }

    /** The range of an argument; empty where it has none. */
    public static Optional<Range> range(ArgSpec argument) {
        return argument.userObject() instanceof AnnotatedElement field
                ? Optional.ofNullable(field.getAnnotation(Range.class))
                : Optional.empty();
    }

    private static void check(CommandLine line, ArgSpec argument) {
        if (!(Values.of(argument) instanceof Number number)) {
            return;
        }
        double value = number.doubleValue();
        Optional<Range> range = range(argument);
        if (!Double.isFinite(value) || range.isPresent() && !contains(range.get(), value)) {
            throw new ParameterException(
                    line,
                    Values.name(argument) + " must be " + text(range) + ", not " + number,
                    argument,
                    number.toString());
        }
    }

    private static boolean contains(Range range, double value) {
        return range.min() <= value && value <= range.max();
    }

    private static String text(Optional<Range> range) {
        return range.map(r -> "from " + plain(r.min()) + " to " + plain(r.max()))
                .orElse("a finite number");
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
