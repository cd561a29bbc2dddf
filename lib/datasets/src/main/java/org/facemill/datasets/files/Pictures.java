package org.facemill.datasets.files;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facemill.datasets.DatasetException;

/** The pictures below a folder. */
public final class Pictures {

    /** Those that cannot be decoded, too: they fail by name then, and are not passed over. */
    private static final Set<String> SUFFIXES = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "gif", "webp", "tif", "tiff", "ppm", "pgm", "heic", "heif",
            "avif");

    /**
     * A picture.
     *
     * @param file where it is
     * @param path its path below the folder, parts separated by slashes, the same in every locale
     */
    public record Picture(Path file, String path) {}

    private Pictures() {}

    /**
     * All pictures in a folder and its subfolders, in natural order of their paths. Symbolic links are followed, the
     * system's own files and folders passed over.
     *
     * @throws DatasetException if there are none, a folder cannot be read, or a link leads to a folder that it lies in
     */
    public static List<Picture> below(Path folder) {
        List<Picture> pictures = FileTree.below(folder).stream()
                .filter(file -> isPicture(file.path()))
                .map(file -> new Picture(file.file(), file.path()))
                .sorted(Comparator.comparing(Picture::path, NaturalOrder.INSTANCE))
                .toList();
        if (pictures.isEmpty()) {
            throw new DatasetException(folder + ": no .png or .jpg files in it or its subfolders");
        }
        return pictures;
    }

    /** Whether a file is a picture by its name's suffix. */
    public static boolean isPicture(String name) {
        return SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
