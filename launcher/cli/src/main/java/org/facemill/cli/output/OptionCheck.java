package org.facemill.cli.output;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Refuses as bad usage, before any command starts: numbers that are out of range, NaN or infinite; folders where a file is
 * wanted.
 */
public final class OptionCheck implements IExecutionStrategy {

    /** How arguments are labelled that name a file. */
    private static final Set<String> FILES = Set.of("FILE", "RECIPE");

    private final IExecutionStrategy next = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
        for (CommandLine line : parsed.asCommandLineList()) {
            // with --help alone there are no numbers yet
            if (!line.isUsageHelpRequested()) {
                line.getCommandSpec().args().forEach(argument -> check(line, argument));
            }
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
        Object given = Values.of(argument);
        if (given instanceof Number number) {
            checkNumber(line, argument, number);
        } else if (given instanceof Path path && FILES.contains(argument.paramLabel()) && Files.isDirectory(path)) {
            throw new ParameterException(
                    line, Values.name(argument) + " " + path + ": is a folder, name a file", argument, path.toString());
        }
    }

    private static void checkNumber(CommandLine line, ArgSpec argument, Number number) {
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
