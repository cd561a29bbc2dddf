package org.facemill.datasets;

import java.io.Closeable;

/**
 * Labelled images in any order, for training. Safe for many threads at once until it is closed. Labels are 0 to
 * {@code classes() - 1}.
 */
public interface ImageDataset extends Closeable {

    /** Number of images. */
    int size();

    /** Number of classes. */
    int classes();

    /** Class of an image. */
    int label(int index);

    /** What messages call an image. */
    String name(int index);

    /**
     * The encoded image, as it was stored.
     *
     * @throws DatasetException if it cannot be read
     */
    byte[] image(int index);

    /** Closes the files; no reads may be under way. */
    @Override
    void close();
}
