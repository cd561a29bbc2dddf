package org.facemill.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facemill.datasets.files.PictureNames;

/**
 * A list of pairs of pictures, in one of two forms, whose fields are separated by tabs, or by white space where there is no
 * tab in a line.
 *
 * <ul>
 *   <li>LFW's: a line with the number of folds and of pairs of either kind in a fold, or with the latter alone; then genuine
 *       pairs, {@code name i j}, and impostor pairs, {@code name i other j}. Picture i of a person is
 *       {@code name/name_000i}.
 *   <li>Without such a line: {@code path path label}, where 1 says that both show one person and 0 that they do not. Suffixes
 *       may be left out.
 * </ul>
 */
public final class PairsFile {

    /** Folds of a verification, as LFW has them. */
    public static final int FOLDS = 10;

    /** Two pictures and whether they show one person. */
    public record Pair(Path first, Path second, boolean same) {}

    private final Path file;
    private final PictureNames pictures;
    private final List<Pair> genuine = new ArrayList<>();
    private final List<Pair> impostor = new ArrayList<>();

    private PairsFile(Path file, Path images) {
        this.file = file;
        this.pictures = new PictureNames(images);
    }

    /**
     * Reads the pairs in an order in which each consecutive tenth holds as many genuine as impostor pairs.
     *
     * @param images folder that the pictures lie in
     * @throws DatasetException if it is no such list, was cut off, or names a picture that is not there; names the line
     */
    public static List<Pair> read(Path file, Path images) {
        List<TextLine> lines = TextLine.read(file);
        if (lines.isEmpty()) {
            throw new DatasetException(file + ": an empty file, no list of pairs");
        }
        PairsFile pairs = new PairsFile(file, images);
        TextLine first = lines.get(0);
        if (first.fields().size() <= 2 && first.fields().stream().allMatch(PairsFile::isNumber)) {
            pairs.readLfw(first, lines.subList(1, lines.size()));
        } else {
            lines.forEach(pairs::addPaths);
        }
        return pairs.folded();
    }

    /**
     * A list in LFW's form, with as many genuine as impostor pairs in each fold, of identities that no other fold has.
     *
     * @param names of the identities, at least {@link #FOLDS}
     * @param images of each, at least 2
     */
    public static String lfw(List<String> names, int images) {
        int perFold = names.size() / FOLDS;
        StringBuilder text =
                new StringBuilder().append(FOLDS).append('\t').append(perFold).append('\n');
        for (int fold = 0; fold < FOLDS; fold++) {
            List<String> own = names.subList(fold * perFold, (fold + 1) * perFold);
            for (int i = 0; i < perFold; i++) {
                int first = i % images;
                text.append(own.get(i))
                        .append('\t')
                        .append(first + 1)
                        .append('\t')
                        .append((first + 1) % images + 1)
                        .append('\n');
            }
            for (int i = 0; i < perFold; i++) {
                // with one identity a fold the next fold's takes the other's place
                String other = perFold > 1 ? own.get((i + 1) % perFold) : names.get((fold + 1) % FOLDS);
                text.append(own.get(i))
                        .append('\t')
                        .append(i % images + 1)
                        .append('\t')
                        .append(other)
                        .append('\t')
                        .append((i + 1) % images + 1)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private void readLfw(TextLine header, List<TextLine> lines) {
        int last = header.fields().size() - 1;
        long announced = (last == 0 ? 1 : header.number(0)) * (long) header.number(last);
        lines.forEach(this::addNumbers);
        if (genuine.size() != announced || impostor.size() != announced) {
            throw new DatasetException(
                    "%s: its first line announces %d genuine pairs and as many impostor pairs, %d and %d follow; was it cut off?"
                            .formatted(header.where(), announced, genuine.size(), impostor.size()));
        }
    }

    private void addNumbers(TextLine line) {
        List<String> fields = line.fields();
        if (fields.size() == 3) {
            genuine.add(new Pair(picture(line, 0, 1), picture(line, 0, 2), true));
        } else if (fields.size() == 4) {
            impostor.add(new Pair(picture(line, 0, 1), picture(line, 2, 3), false));
        } else {
            throw line.wrong(
                    "expected `name i j` or `name i other j`, separated by tabs, or by blanks where no name has any");
        }
    }

    private void addPaths(TextLine line) {
        List<String> fields = line.fields();
        String label = fields.get(fields.size() - 1);
        if (fields.size() != 3 || isNumber(fields.get(1)) || !label.matches("[01]")) {
            throw line.wrong(
                    "expected `path path label` with 1 for one person and 0 for two; a list in LFW's form begins"
                            + " with a line of the numbers of its folds and pairs, such as `10 300`");
        }
        boolean same = label.equals("1");
        (same ? genuine : impostor).add(new Pair(picture(line, fields.get(0)), picture(line, fields.get(1)), same));
    }

    private Path picture(TextLine line, int name, int number) {
        String person = line.fields().get(name);
        return picture(line, String.format(Locale.ROOT, "%s/%s_%04d", person, person, line.number(number)));
    }

    private Path picture(TextLine line, String path) {
        return pictures.find(path).orElseThrow(() -> line.wrong("no picture " + path + " in " + pictures.folder()));
    }

    private List<Pair> folded() {
        if (genuine.size() < FOLDS || impostor.size() < FOLDS) {
            throw new DatasetException(file + ": " + genuine.size() + " genuine and " + impostor.size()
                    + " impostor pairs; verification wants at least " + FOLDS + " of each");
        }
        List<Pair> pairs = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            for (List<Pair> kind : List.of(genuine, impostor)) {
                pairs.addAll(kind.subList(
                        (int) ((long) fold * kind.size() / FOLDS), (int) ((fold + 1L) * kind.size() / FOLDS)));
            }
        }
        return pairs;
    }

    private static boolean isNumber(String field) {
        return field.matches("\\d+");
    }
}
