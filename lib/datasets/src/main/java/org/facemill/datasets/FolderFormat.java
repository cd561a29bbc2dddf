package org.facemill.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.facemill.datasets.files.Pictures;

/** Identity folders: {@code folder/0000000/0000.png}, one folder a class, as torchvision's ImageFolder reads them. */
final class FolderFormat implements DatasetFormat {

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public String description() {
        return "one folder an identity, PNG or JPEG files, as torchvision's ImageFolder reads them";
    }

    @Override
    public String files() {
        return "one subfolder of pictures for each identity";
    }

    @Override
    public boolean readsInPlace() {
        return true;
    }

    @Override
    public boolean matches(List<String> names) {
        return names.stream().anyMatch(Pictures::isPicture);
    }

    @Override
    public ImageDataset open(DatasetFiles files, List<String> names, Optional<String> field) {
        return new ImageFolder(files, names);
    }

    @Override
    public DatasetWriter writer(DatasetPlan plan, DatasetTarget target) {
        return new DatasetWriter() {

            @Override
            public void add(int label, int image, byte[] encoded) throws IOException {
                try (OutputStream out =
                        target.create(FolderFormat.this.name() + "/" + ImageNames.path(label, image, encoded))) {
                    out.write(encoded);
                }
            }

            @Override
            public void finish() {
                // every file is complete by itself
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
