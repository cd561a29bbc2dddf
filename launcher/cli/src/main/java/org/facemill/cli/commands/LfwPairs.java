package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.facemill.cli.output.CommandException;

/**
 * A list of pairs in LFW's format: a line with the number of folds and of pairs of one kind per fold; then for each fold the
 * genuine pairs ({@code name i j}) and the impostor pairs ({@code name i other j}).
 */
final class LfwPairs {

    private static final int FOLDS = 10;

    /** Two pictures and whether they show one person. */
    record Pair(Path first, Path second, boolean same) {}

    private LfwPairs() {}

    /**
     * Reads the pairs in an order in which each consecutive tenth holds as many genuine as impostor pairs.
     *
     * @param images folder with one subfolder a person, {@code name/name_0001.jpg} or {@code .png}
     */
    static List<Pair> read(Path file, Path images) throws IOException {
        List<Pair> genuine = new ArrayList<>();
        List<Pair> impostor = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 1; i < lines.size(); i++) {
            String[] words = lines.get(i).trim().split("\\s+");
            if (words.length == 3) {
                genuine.add(new Pair(picture(images, words[0], words[1]), picture(images, words[0], words[2]), true));
            } else if (words.length == 4) {
                impostor.add(new Pair(picture(images, words[0], words[1]), picture(images, words[2], words[3]), false));
            } else if (!lines.get(i).isBlank()) {
                throw new CommandException(file + ", line " + (i + 1) + ": `" + lines.get(i)
                        + "`; expected `name i j` or `name i other j`, separated by white space");
            }
        }
        if (genuine.size() < FOLDS || impostor.size() < FOLDS) {
            throw new CommandException(file + ": " + genuine.size() + " genuine and " + impostor.size()
                    + " impostor pairs; verification wants at least " + FOLDS + " of each");
        }
        return folded(genuine, impostor);
    }

    private static List<Pair> folded(List<Pair> genuine, List<Pair> impostor) {
        List<Pair> pairs = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            for (List<Pair> kind : List.of(genuine, impostor)) {
                pairs.addAll(kind.subList(fold * kind.size() / FOLDS, (fold + 1) * kind.size() / FOLDS));
            }
        }
        return pairs;
    }

    private static Path picture(Path images, String name, String number) {
        Path stem = images.resolve(name).resolve(String.format(Locale.ROOT, "%s_%04d", name, Integer.parseInt(number)));
        return Stream.of(".jpg", ".png")
                .map(suffix -> Path.of(stem + suffix))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () -> new CommandException(stem + ".jpg or .png: no such file; --images names the folder that"
                                + " holds one subfolder a person"));
    }
}
