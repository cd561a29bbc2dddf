package org.facemill.datasets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * WebDataset shards: {@code webdataset/train-000000.tar} and further ones, in which {@code 0000000_0000.png} is followed
 * by its label as {@code 0000000_0000.cls}.
 */
final class WebDatasetWriter implements DatasetWriter {

    private static final long SHARD_BYTES = 256L << 20;

    private final DatasetTarget target;
    private TarArchiveOutputStream tar;
    private int shard;

    WebDatasetWriter(DatasetTarget target) throws IOException {
        this.target = target;
        tar = openShard();
    }

    @Override
    public void add(int label, int image, byte[] encoded) throws IOException {
        if (tar.getBytesWritten() > 0 && tar.getBytesWritten() + encoded.length > SHARD_BYTES) {
            tar.close();
            shard++;
            tar = openShard();
        }
        String key = ImageNames.folder(label) + "_" + ImageNames.image(image);
        Tars.put(tar, key + ImageNames.extension(encoded), encoded);
        Tars.put(tar, key + ".cls", Integer.toString(label).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void finish() throws IOException {
        tar.finish();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private TarArchiveOutputStream openShard() throws IOException {
        return new TarArchiveOutputStream(new BufferedOutputStream(
                target.create(String.format(Locale.ROOT, "webdataset/train-%06d.tar", shard)), 1 << 16));
    }
}
