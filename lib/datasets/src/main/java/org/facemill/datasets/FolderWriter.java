package org.facemill.datasets;

import java.io.IOException;
import java.io.OutputStream;

/** Identity folders: {@code folder/0000000/0000.png}, one folder a class, as torchvision's ImageFolder reads them. */
final class FolderWriter implements DatasetWriter {

    private final DatasetTarget target;

    FolderWriter(DatasetTarget target) {
        this.target = target;
    }

    @Override
    public void add(int label, int image, byte[] encoded) throws IOException {
        try (OutputStream out = target.create("folder/" + ImageNames.path(label, image, encoded))) {
            out.write(encoded);
        }
    }

    @Override
    public void close() {
        // every file is complete by itself
    }
}
