package org.facemill.datasets;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes one form of a dataset, identity by identity in the order of its plan, image numbers 0, 1, ... within each. What
 * was not finished is not usable.
 */
public interface DatasetWriter extends Closeable {

    /**
     * Takes the next image.
     *
     * @param encoded PNG or JPEG, kept as it is
     */
    void add(int label, int image, byte[] encoded) throws IOException;

    /** Completes the files; all images have come. */
    void finish() throws IOException;

    /** Closes the files, finished or not. */
    @Override
    void close() throws IOException;
}
