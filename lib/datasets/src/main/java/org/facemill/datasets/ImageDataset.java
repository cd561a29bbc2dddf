package org.facemill.datasets;

import java.io.Closeable;
import java.util.List;

/**
 * Labelled images in any order, for training. Safe for many threads at once until it is closed. Labels are numbers from 0
 * to {@code classes() - 1}, of which some may have no image; {@link ImageDatasets#dense} counts them anew.
 */
public interface ImageDataset extends Closeable {

    /** Number of images. */
    int size();

    /** The highest label and one. */
    int classes();

    /** Class of an image. */
    int label(int index);

    /** What the identity of a class is called: its folder's name, or what the dataset's table of identities says. */
    default String identity(int label) {
        return Integer.toString(label);
    }

    /** What messages call an image. */
    String name(int index);

    /**
     * The encoded image, as it was stored.
     *
     * @throws DatasetException if it cannot be read
     */
    byte[] image(int index);

    /** Remarks for people, such as pictures outside the identities' folders, which are left out; usually none. */
    default List<String> remarks() {
        return List.of();
    }

    /** Closes the files; no reads may be under way. */
    @Override
    void close();
}
