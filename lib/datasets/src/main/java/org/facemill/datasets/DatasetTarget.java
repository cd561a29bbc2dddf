package org.facemill.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where the files of a dataset go: a folder, or the prefix of a bucket. */
@FunctionalInterface
public interface DatasetTarget {

    /**
     * Begins a file; closing the stream completes it.
     *
     * @param path relative, with slashes, such as {@code recordio/train.rec}
     */
    OutputStream create(String path) throws IOException;

    /**
     * Called before the first file of a packed form, which counts as unfinished until {@link #finish}. A store
     * needs no such mark: there the manifest is written last.
     *
     * @param folder the form's, such as {@code recordio}
     */
    default void begin(String folder) throws IOException {}

    /** Called when all files of a packed form are complete. */
    default void finish(String folder) throws IOException {}

    /** Files in a local folder; subfolders are made as needed. */
    static DatasetTarget folder(Path root) {
        return new FolderTarget(root);
    }
}
