package org.facemill.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** TFace's {@code NAME.index} with its shards. */
final class TfRecordFormat implements DatasetFormat {

    private static final String SUFFIX = ".index";

    @Override
    public String name() {
        return "tfrecord";
    }

    @Override
    public String description() {
        return "TFRecord shards with an index, as TFace reads them";
    }

    @Override
    public String files() {
        return "an .index with its .tfrecord shards";
    }

    @Override
    public boolean readsInPlace() {
        return true;
    }

    @Override
    public boolean matches(List<String> names) {
        return !DatasetFormat.atRoot(names, SUFFIX).isEmpty();
    }

    @Override
    public ImageDataset open(DatasetFiles files, List<String> names, Optional<String> field) {
        List<String> indexes = DatasetFormat.atRoot(names, SUFFIX);
        if (indexes.size() > 1) {
            throw new DatasetException(
                    files + ": several datasets, " + String.join(", ", indexes) + "; give each a folder of its own");
        }
        return new TfRecordDataset(files, indexes.get(0));
    }

    @Override
    public DatasetWriter writer(DatasetPlan plan, DatasetTarget target) throws IOException {
        return new TfRecordWriter(target);
    }
}
