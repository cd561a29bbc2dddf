package org.facemill.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where a command writes: never over what it reads, never among results of another command or of other parameters. The
 * mixin of every command that has {@code --out}; called before anything is written.
 */
@Command // which picocli requires of a mixin without options
public final class Results {

    /** Options that do not change what a result holds. */
    private static final Set<String> NO_CONTENT =
            Set.of("--help", "--json", "--verbose", "--out", "--work", "--device", "--threads", "--strict", "--state");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Takes a folder for the results of this command with its parameters, or goes on with them there.
     *
     * @param more inputs beside those that options and parameters name
     * @throws CommandException if it holds anything else
     * @throws ParameterException if it is, lies in or contains an input
     */
    public void claim(Path folder, Path... more) throws IOException {
        requireApart(folder, more);
        Map<String, String> parameters = contentParameters();
        for (Path input : more) {
            parameters.put(input.toString(), Fingerprint.of(input));
        }
        ResultFolder.claim(folder, command.name(), parameters);
    }

    /**
     * Takes a folder for results that the given parameters alone decide.
     *
     * @param inputs files and folders that the command reads beside those that options and parameters name
     */
    public void claim(Path folder, Map<String, String> parameters, Path... inputs) throws IOException {
        requireApart(folder, inputs);
        ResultFolder.claim(folder, command.name(), parameters);
    }

    /**
     * Makes the folder of a result that is one file.
     *
     * @throws ParameterException if it is, lies in or contains an input, or is a folder
     */
    public void claimFile(Path file, Path... more) throws IOException {
        requireApart(file, more);
        if (Files.isDirectory(file)) {
            throw new ParameterException(command.commandLine(), file + ": is a folder, name a file for the results");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
    }

    /** Refuses a folder that holds anything, as a later {@link #claim} for new results would. */
    public void requireUnused(Path folder) throws IOException {
        ResultFolder.requireUnused(folder);
    }

    /** Refuses a result that is, lies in or contains an input of this command. */
    public void requireApart(Path out, Path... more) throws IOException {
        List<Path> inputs = new ArrayList<>(List.of(more));
        for (ArgSpec argument : command.args()) {
            if (isContent(argument)) {
                inputs.addAll(paths(argument));
            }
        }
        for (Path input : inputs) {
            Optional<String> overlap = Overlap.between(out, input);
            if (overlap.isPresent()) {
                throw new ParameterException(
                        command.commandLine(),
                        out + " " + overlap.get() + "; name a place for the results that is apart from it");
            }
        }
    }

    /** Options and parameters that decide what results hold, an input by its content. */
    private Map<String, String> contentParameters() throws IOException {
        Map<String, String> parameters = new TreeMap<>();
        for (ArgSpec argument : command.args()) {
            Object value = Values.of(argument);
            if (isContent(argument) && value != null) {
                List<Path> paths = paths(argument);
                parameters.put(Values.name(argument), paths.isEmpty() ? value.toString() : fingerprints(paths));
            }
        }
        return parameters;
    }

    private static boolean isContent(ArgSpec argument) {
        return !(argument instanceof OptionSpec option) || !NO_CONTENT.contains(option.longestName());
    }

    private static String fingerprints(List<Path> inputs) throws IOException {
        List<String> fingerprints = new ArrayList<>();
        for (Path input : inputs) {
            fingerprints.add(Fingerprint.of(input));
        }
        return String.join(" ", fingerprints);
    }

    /** The existing files and folders that an argument names. */
    private static List<Path> paths(ArgSpec argument) {
        Object value = Values.of(argument);
        return (value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value))
                .flatMap(one -> path(argument, one).stream())
                .toList();
    }

    private static Optional<Path> path(ArgSpec argument, Object value) {
        if (!(value instanceof Path)
                && !(value instanceof String && argument.paramLabel().contains("PATH"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(value.toString())).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
