package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.tensor.Contexts;

/**
 * Vectors of pictures, by name: a picture's is called as its path, without its suffix or with it; as its file, where no
 * other file has that name; or as its folder, where all pictures in it show one person.
 */
public final class PairedContexts {

    private final String source;
    private final Predicate<String> has;
    private final Function<String, float[]> vectors;
    private final Map<String, String> stems;
    private final Map<String, Long> files;

    private PairedContexts(
            String source, List<Picture> pictures, Predicate<String> has, Function<String, float[]> vectors) {
        this.source = source;
        this.has = has;
        this.vectors = vectors;
        this.stems = FileNames.stems(pictures.stream().map(Picture::path).toList());
        this.files = pictures.stream()
                .collect(Collectors.groupingBy(picture -> file(stems.get(picture.path())), Collectors.counting()));
    }

    /** Of vectors by name. */
    public static PairedContexts of(Path source, List<Picture> pictures, Map<String, float[]> vectors) {
        return new PairedContexts(source.toString(), pictures, vectors::containsKey, vectors::get);
    }

    /** Of a folder with a .npy for each. */
    static PairedContexts in(Path folder, List<Picture> pictures) throws IOException {
        Map<String, float[]> vectors = new HashMap<>();
        PairedContexts paired =
                new PairedContexts(folder.toString(), pictures, name -> Files.exists(npy(folder, name)), vectors::get);
        for (Picture picture : pictures) {
            for (String name : paired.names(picture)) {
                if (!vectors.containsKey(name) && Files.exists(npy(folder, name))) {
                    vectors.put(name, vector(npy(folder, name)));
                }
            }
        }
        return paired;
    }

    private static Path npy(Path folder, String name) {
        Path plain = folder.resolve(name + ".npy");
        return Files.exists(plain) ? plain : folder.resolve(FileNames.ofPath(name) + ".npy");
    }

    private static float[] vector(Path file) throws IOException {
        Map<String, float[]> vectors = Contexts.read(file);
        if (vectors.size() != 1) {
            throw new IOException(file + ": holds " + vectors.size() + " vectors, expected that of one picture");
        }
        return vectors.values().iterator().next();
    }

    /**
     * A picture's vector; empty where there is none, as in pictures without a face mostly.
     *
     * @throws IOException where the names do not tell which vector is meant
     */
    public Optional<float[]> find(Picture picture) throws IOException {
        return name(picture).map(vectors).filter(vector -> !Contexts.isZero(vector));
    }

    private Optional<String> name(Picture picture) throws IOException {
        String stem = stems.get(picture.path());
        for (String exact : List.of(picture.path(), stem)) {
            if (has.test(exact)) {
                return Optional.of(exact);
            }
        }
        String file = file(stem);
        String folder = folder(stem);
        boolean byFile = has.test(file);
        boolean byFolder = !folder.isEmpty() && has.test(folder);
        if (byFile && !file.equals(folder) && (byFolder || files.get(file) > 1)) {
            throw new IOException(source + ": `" + file + "` may be meant for " + picture.path() + " or for "
                    + (byFolder ? "a folder; `" + folder + "` is there, too" : "another picture called so")
                    + "; call vectors as the pictures' paths, such as " + stem);
        }
        return byFile || byFolder ? Optional.of(byFile ? file : folder) : Optional.empty();
    }

    /** What a picture's vector may be called. */
    List<String> names(Picture picture) {
        String stem = stems.get(picture.path());
        return List.of(picture.path(), stem, file(stem), folder(stem)).stream()
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
