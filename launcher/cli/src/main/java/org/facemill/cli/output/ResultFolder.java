package org.facemill.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.contracts.Json;
import org.facemill.tensor.WholeFiles;

/**
 * A folder of results belongs to one command with one set of parameters, as a marker file in it records: run again, the
 * command goes on there; anything else is refused, so that results never mix.
 */
final class ResultFolder {

    /** Hidden, and so no part of any dataset. */
    static final String MARKER = ".facemill.json";

    private ResultFolder() {}

    /** What made a folder's content. */
    private record Origin(String command, Map<String, String> parameters) {}

    /**
     * Makes the folder, if it is new or empty, the result of a command.
     *
     * @param parameters all that decides the content, by the names that users know
     * @throws CommandException if it holds something else
     */
    static void claim(Path folder, String command, Map<String, String> parameters) throws IOException {
        requireFree(folder, command, parameters);
        Files.createDirectories(folder);
        byte[] origin = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Origin(command, parameters));
        WholeFiles.write(folder.resolve(MARKER), origin);
    }

    /** Refuses a folder that holds anything. */
    static void requireUnused(Path folder) throws IOException {
        requireFree(folder, "", Map.of());
    }

    private static void requireFree(Path folder, String command, Map<String, String> parameters) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new CommandException(folder + ": is a file; name a folder for the results");
        }
        if (isEmpty(folder)) {
            return;
        }
        Path marker = folder.resolve(MARKER);
        if (!Files.exists(marker)) {
            throw refused(folder, "is not empty");
        }
        Origin origin = read(marker);
        if (!origin.command.equals(command)) {
            throw refused(folder, "holds results of `facemill " + origin.command + "`");
        }
        if (!origin.parameters.equals(parameters)) {
            throw refused(
                    folder,
                    "holds results of `facemill " + command + "` with other parameters ("
                            + differences(origin.parameters, parameters) + ")");
        }
    }

    /** A marker alone is left by a command that failed before it wrote anything. */
    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(MARKER));
        }
    }

    private static Origin read(Path marker) throws IOException {
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(marker), Origin.class);
        } catch (JsonProcessingException e) {
            throw refused(marker.getParent(), "has a damaged " + MARKER);
        }
    }

    private static String differences(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !before.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
                .map(name -> difference(name, before.get(name), now.get(name)))
                .collect(Collectors.joining("; "));
    }

    private static String difference(String name, String before, String now) {
        boolean input = Stream.of(before, now).allMatch(value -> value != null && value.startsWith(Fingerprint.PREFIX));
        return input ? name + " has changed" : name + " was " + shown(before) + ", now " + shown(now);
    }

    private static String shown(String value) {
        return value == null ? "not given" : value;
    }

    private static CommandException refused(Path folder, String why) {
        return new CommandException(folder + ": " + why
                + "; name a new folder, or delete this one, so that old results do not mix with new ones");
    }
}
