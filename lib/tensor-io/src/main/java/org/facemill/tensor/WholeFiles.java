package org.facemill.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that are there whole or not at all, and folders that go with all that is in them. */
public final class WholeFiles {

    private static final String UNFINISHED = ".partial";

    private WholeFiles() {}

    /** Writes a file's content to the path that it is given. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes a file beside its place and moves it there: whoever finds it finds it whole, and a write that fails leaves
     * what was there before.
     *
     * @throws IOException that names the file
     */
    public static void write(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            content.writeTo(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            IOException named = FileErrors.of(file, e);
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException alsoFailed) {
                named.addSuppressed(alsoFailed);
            }
            throw named;
        }
    }

    /** The same of bytes. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, path -> Files.write(path, content));
    }

    /** The same of text, in UTF-8. */
    public static void write(Path file, CharSequence content) throws IOException {
        write(file, path -> Files.writeString(path, content));
    }

    /** Deletes a folder, or a file, with all below it; what is not there is no error. Links are not followed. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
