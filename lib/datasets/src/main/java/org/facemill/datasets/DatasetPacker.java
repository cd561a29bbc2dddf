package org.facemill.datasets;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.recipe.run.DatasetFormat;

/**
 * Packs identities into all wanted forms at once, each in a subfolder of its own. The n-th identity that comes is class
 * n. Memory: one identity.
 *
 * <p>Copies of an identity's first image come after its images, under further numbers.
 */
public final class DatasetPacker implements Closeable {

    private final List<DatasetWriter> writers = new ArrayList<>();
    private final Oversampling oversampling;
    private int classes;

    /**
     * Begins the files.
     *
     * @param identities number of identities that will come
     * @param images number of images of all of them, without copies
     * @param oversampling further copies of each identity's first image
     * @param side width and height of all images in pixels
     */
    public DatasetPacker(
            List<DatasetFormat> formats,
            int identities,
            int images,
            Oversampling oversampling,
            int side,
            DatasetTarget target)
            throws IOException {
        this.oversampling = oversampling;
        DatasetSize size = new DatasetSize(
                identities, Math.addExact(images, Math.multiplyExact(identities, oversampling.copies())));
        for (DatasetFormat format : formats) {
            writers.add(DatasetWriter.open(format, size, side, target));
        }
    }

    /**
     * Takes the next identity.
     *
     * @param ordinal of the identity in its run
     * @param encoded its encoded images in order, at least one
     */
    public void add(long ordinal, List<byte[]> encoded) throws IOException {
        List<byte[]> images = new ArrayList<>(encoded);
        images.addAll(oversampling.of(ordinal, encoded.get(0)));
        for (DatasetWriter writer : writers) {
            for (int image = 0; image < images.size(); image++) {
                writer.add(classes, image, images.get(image));
            }
        }
        classes++;
    }

    /**
     * Completes the files.
     *
     * @throws DatasetException if fewer came than announced
     */
    @Override
    public void close() throws IOException {
        for (DatasetWriter writer : writers) {
            writer.close();
        }
    }
}
