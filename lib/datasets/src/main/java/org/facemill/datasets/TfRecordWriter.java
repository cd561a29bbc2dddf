package org.facemill.datasets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * TFace's dataset: {@code tfrecord/train-00000.tfrecord}, further shards, and {@code train.index} with path, shard and
 * byte offset of each image. The label is the number that names the path's folder.
 */
final class TfRecordWriter implements DatasetWriter {

    private static final long SHARD_BYTES = 1L << 30;

    private final DatasetTarget target;
    private final OutputStream index;
    private OutputStream records;
    private int shard;
    private long offset;

    TfRecordWriter(DatasetTarget target) throws IOException {
        this.target = target;
        index = new BufferedOutputStream(target.create("tfrecord/train.index"));
        records = openShard();
    }

    @Override
    public void add(int label, int image, byte[] encoded) throws IOException {
        byte[] record = TfRecord.frame(TfRecord.example(encoded));
        if (offset > 0 && offset + record.length > SHARD_BYTES) {
            records.close();
            shard++;
            offset = 0;
            records = openShard();
        }
        String line = "images/" + ImageNames.path(label, image, encoded) + "\t" + shard + "\t" + offset + "\n";
        index.write(line.getBytes(StandardCharsets.US_ASCII));
        records.write(record);
        offset += record.length;
    }

    @Override
    public void finish() {
        // records follow each other to the end, nothing comes after
    }

    @Override
    public void close() throws IOException {
        try (index) {
            records.close();
        }
    }

    private OutputStream openShard() throws IOException {
        return new BufferedOutputStream(
                target.create(String.format(Locale.ROOT, "tfrecord/train-%05d.tfrecord", shard)), 1 << 16);
    }
}
