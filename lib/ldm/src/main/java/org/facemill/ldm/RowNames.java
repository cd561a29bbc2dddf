package org.facemill.ldm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.RowOrder;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.tensor.SafePickle;

/** Which picture each row of an array without names belongs to: as a file says it, or the recipe, and never by chance. */
final class RowNames {

    /** What ADMIS writes beside its embeddings. */
    private static final String ADMIS = "image_names.pkl";

    private RowNames() {}

    /** Files beside an array that may name its rows; the first that exists is taken. */
    static List<String> beside(String array) {
        return List.of(FileNames.stem(array) + ".txt", array.substring(0, array.lastIndexOf('/') + 1) + ADMIS);
    }

    /**
     * Names the rows.
     *
     * @param array    file of the rows
     * @param rows     by their numbers "0", "1", ...
     * @param pictures in natural order
     * @throws IOException where nothing says which picture a row is of, or another number of them is named
     */
    static Map<String, float[]> of(
            Path array, Map<String, float[]> rows, List<Picture> pictures, Path root, LdmRecipe.Folder recipe)
            throws IOException {
        if (recipe.rowOrder().isPresent()) {
            List<String> paths = paths(pictures, recipe.rowOrder().get());
            return named(array, rows, paths, "the folder's " + paths.size() + " pictures");
        }
        List<String> beside = beside(array.getFileName().toString());
        Optional<Path> file = recipe.names()
                .map(root::resolve)
                .or(() -> beside.stream()
                        .map(array::resolveSibling)
                        .filter(Files::exists)
                        .findFirst());
        if (file.isEmpty()) {
            throw new IOException(array + ": is one array of " + rows.size() + " rows without names, and nothing says "
                    + "which picture each is of; give data.folder.names, a file that names the pictures row by row ("
                    + String.join(" or ", beside)
                    + " beside the array is found by itself), or data.folder.row_order, or "
                    + "write the vectors by name: facemill embed --out FILE.npz");
        }
        return named(array, rows, read(file.get()), file.get().toString());
    }

    private static List<String> paths(List<Picture> pictures, RowOrder order) {
        return switch (order) {
            case NATURAL -> pictures.stream().map(Picture::path).toList();
            case TEXT ->
                pictures.stream()
                        .map(Picture::path)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        };
    }

    private static Map<String, float[]> named(Path array, Map<String, float[]> rows, List<String> names, String source)
            throws IOException {
        if (names.size() != rows.size()) {
            throw new IOException(
                    array + ": has " + rows.size() + " rows, " + source + " gives " + names.size() + " names");
        }
        Map<String, float[]> named = new LinkedHashMap<>();
        int row = 0;
        for (float[] vector : rows.values()) {
            String name = name(names.get(row++));
            if (named.put(name, vector) != null) {
                throw new IOException(source + ": names `" + name + "` twice");
            }
        }
        return named;
    }

    private static String name(String written) {
        return written.replace('\\', '/').replaceFirst("^(\\./)+", "");
    }

    private static List<String> read(Path file) throws IOException {
        if (!file.toString().endsWith(".pkl")) {
            try {
                return Files.readString(file)
                        .replaceFirst("^\uFEFF", "")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
            } catch (MalformedInputException e) {
                throw new IOException(
                        file + ": is no text in UTF-8; expected a name a line, or a pickled list (.pkl)", e);
            }
        }
        List<String> names = new ArrayList<>();
        if (SafePickle.read(file.toString(), ByteBuffer.wrap(Files.readAllBytes(file))) instanceof List<?> items) {
            for (Object item : items) {
                if (!(item instanceof String name)) {
                    throw new IOException(file + ": expected a list of names, it holds " + item);
                }
                names.add(name);
            }
            return names;
        }
        throw new IOException(file + ": expected a pickled list of names");
    }
}
