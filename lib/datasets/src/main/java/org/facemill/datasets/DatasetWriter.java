package org.facemill.datasets;

import java.io.Closeable;
import java.io.IOException;
import org.facemill.contracts.recipe.run.DatasetFormat;

/**
 * Writes one form of a dataset. Images come class by class: labels 0, 1, ... without a gap, image numbers 0, 1, ...
 * within each. Closing completes the files; without it they are not usable.
 */
public interface DatasetWriter extends Closeable {

    /**
     * Takes the next image.
     *
     * @param encoded PNG or JPEG, kept as it is
     */
    void add(int label, int image, byte[] encoded) throws IOException;

    /**
     * A writer of the given form.
     *
     * @param side width and height of all images in pixels
     */
    static DatasetWriter open(DatasetFormat format, DatasetSize size, int side, DatasetTarget target)
            throws IOException {
        return switch (format) {
            case FOLDER -> new FolderWriter(target);
            case RECORDIO -> new RecordIoWriter(size, side, target);
            case TFRECORD -> new TfRecordWriter(target);
            case WEBDATASET -> new WebDatasetWriter(target);
        };
    }
}
