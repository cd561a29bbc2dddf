package org.facemill.datasets;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.recipe.DatasetFormat;

/**
 * Packs identities into all wanted forms at once, each in a subfolder of its own. The n-th identity that comes is class
 * n. Memory: one identity.
 *
 * <p>Copies oversample an identity as ADMIS does: its first image comes again under further numbers.
 */
public final class DatasetPacker implements Closeable {

    private final List<DatasetWriter> writers = new ArrayList<>();
    private final int copies;
    private int classes;

    /**
     * Begins the files.
     *
     * @param identities number of identities that will come
     * @param images number of images of all of them, without copies
     * @param copies further copies of each identity's first image
     * @param side width and height of all images in pixels
     */
    public DatasetPacker(List<DatasetFormat> formats, int identities, int images, int copies, int side,
            DatasetTarget target) throws IOException {
        this.copies = copies;
        DatasetSize size = new DatasetSize(identities, Math.addExact(images, Math.multiplyExact(identities, copies)));
        for (DatasetFormat format : formats) {
            writers.add(DatasetWriter.open(format, size, side, target));
        }
    }

    /** Takes the next identity: its encoded images in order, at least one. */
    public void add(List<byte[]> encoded) throws IOException {
        for (DatasetWriter writer : writers) {
            for (int image = 0; image < encoded.size(); image++) {
                writer.add(classes, image, encoded.get(image));
            }
            for (int copy = 0; copy < copies; copy++) {
                writer.add(classes, encoded.size() + copy, encoded.get(0));
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
