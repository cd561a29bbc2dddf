package org.facemill.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.tensor.FileErrors;

/** Where the files of a dataset go: a folder, or the prefix of a bucket. */
@FunctionalInterface
public interface DatasetTarget {

    /**
     * Begins a file; closing the stream completes it.
     *
     * @param path relative, with slashes, such as {@code recordio/train.rec}
     */
    OutputStream create(String path) throws IOException;

    /** Files in a local folder; subfolders are made as needed. */
    static DatasetTarget folder(Path root) {
        return path -> {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            return FileErrors.open(file);
        };
    }
}
