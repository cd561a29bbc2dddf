package org.facemill.datasets;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of a dataset, wherever they lie: {@link ImageDatasets#open(DatasetFiles)} reads from them image by image, so that
 * nothing has to be copied first. Safe for many threads at once until it is closed.
 */
public interface DatasetFiles extends Closeable {

    /** Paths below the dataset's folder, parts separated by {@code /}, in any order. */
    List<String> names();

    /**
     * A whole file.
     *
     * @throws DatasetException if it cannot be read
     */
    byte[] read(String name);

    /**
     * A part of a file.
     *
     * @throws DatasetException if it reaches past the end, or cannot be read
     */
    byte[] read(String name, long at, int length);

    /** Number of bytes of a file, where that can be told without reading it. */
    default OptionalLong size(String name) {
        return OptionalLong.empty();
    }

    /** The file itself, where it lies on this machine. */
    default Optional<Path> local(String name) {
        return Optional.empty();
    }

    /** What messages call the dataset. */
    @Override
    String toString();

    @Override
    void close();
}
