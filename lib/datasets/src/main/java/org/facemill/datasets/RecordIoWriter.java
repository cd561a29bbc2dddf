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

    private final DatasetPlan plan;
    private final OutputStream records;
    private final OutputStream index;
    private final OutputStream list;
    private long offset;
    private int images;

    RecordIoWriter(DatasetPlan plan, DatasetTarget target) throws IOException {
        int identities = plan.identities().size();
        if (plan.images() + identities >= MAX_RECORDS) {
            throw new DatasetException(
                    ("recordio: %d images of %d identities; the format counts in float32 and holds %d "
                                    + "records, pack another form")
                            .formatted(plan.images(), identities, MAX_RECORDS));
        }
        this.plan = plan;
        try (OutputStream property = target.create("recordio/property")) {
            property.write((plan.classes() + "," + plan.height() + "," + plan.width() + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        records = new BufferedOutputStream(target.create("recordio/train.rec"), 1 << 16);
        index = new BufferedOutputStream(target.create("recordio/train.idx"));
        list = new BufferedOutputStream(target.create("recordio/train.lst"));
        write(0, RecordIo.content(0, NOTHING, plan.images() + 1, plan.images() + 1 + identities));
    }

    @Override
    public void add(int label, int image, byte[] encoded) throws IOException {
        images++;
        write(images, RecordIo.content(images, encoded, label));
        list.write(("1\t" + ImageNames.path(label, image, encoded) + "\t" + label + "\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the ranges of the identities' images. */
    @Override
    public void finish() throws IOException {
        int number = images;
        int first = 1;
        for (Identity identity : plan.identities()) {
            number++;
            write(number, RecordIo.content(number, NOTHING, first, first + identity.images()));
            first += identity.images();
        }
    }

    @Override
    public void close() throws IOException {
        try (records;
                index;
                list) {
            // closes all three, whichever fails
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
