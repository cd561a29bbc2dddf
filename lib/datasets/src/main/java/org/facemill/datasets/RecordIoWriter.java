package org.facemill.datasets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * InsightFace's dataset: {@code recordio/train.rec}, {@code train.idx}, {@code property} and {@code train.lst}. Record 0
 * says where images end and where identities end, records 1 to n are images with their label, the rest give for each
 * identity the range of its images.
 */
final class RecordIoWriter implements DatasetWriter {

    /** Labels and record numbers are float32. */
    private static final int MAX_RECORDS = 1 << 24;

    private static final byte[] NOTHING = {};

    private final DatasetSize size;
    private final OutputStream records;
    private final OutputStream index;
    private final OutputStream list;
    private final int[] firstImage;
    private long offset;
    private int images;
    private int classes;

    RecordIoWriter(DatasetSize size, int side, DatasetTarget target) throws IOException {
        if (size.images() + size.classes() >= MAX_RECORDS) {
            throw new DatasetException(
                    ("recordio: %d images of %d identities; the format counts in float32 and holds %d "
                                    + "records, pack another form")
                            .formatted(size.images(), size.classes(), MAX_RECORDS));
        }
        this.size = size;
        this.firstImage = new int[size.classes() + 1];
        try (OutputStream property = target.create("recordio/property")) {
            property.write((size.classes() + "," + side + "," + side + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        records = new BufferedOutputStream(target.create("recordio/train.rec"), 1 << 16);
        index = new BufferedOutputStream(target.create("recordio/train.idx"));
        list = new BufferedOutputStream(target.create("recordio/train.lst"));
        write(0, RecordIo.content(0, NOTHING, size.images() + 1, size.images() + 1 + size.classes()));
    }

    @Override
    public void add(int label, int image, byte[] encoded) throws IOException {
        if (label == classes) {
            firstImage[classes++] = images + 1;
        }
        images++;
        write(images, RecordIo.content(images, encoded, label));
        list.write(("1\t" + ImageNames.path(label, image, encoded) + "\t" + label + "\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the ranges and checks that all announced images came. */
    @Override
    public void close() throws IOException {
        firstImage[classes] = images + 1;
        try (records;
                index;
                list) {
            for (int label = 0; label < classes; label++) {
                int number = images + 1 + label;
                write(number, RecordIo.content(number, NOTHING, firstImage[label], firstImage[label + 1]));
            }
        }
        if (images != size.images() || classes != size.classes()) {
            throw new DatasetException("recordio: %d images of %d identities were announced, %d of %d came"
                    .formatted(size.images(), size.classes(), images, classes));
        }
    }

    private void write(int number, byte[] content) throws IOException {
        if (content.length > RecordIo.MAX_LENGTH) {
            throw new DatasetException("recordio: record " + number + " has " + content.length
                    + " bytes, the format allows " + RecordIo.MAX_LENGTH);
        }
        byte[] record = RecordIo.frame(content);
        index.write((number + "\t" + offset + "\n").getBytes(StandardCharsets.US_ASCII));
        records.write(record);
        offset += record.length;
    }
}
