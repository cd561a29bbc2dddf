package org.facemill.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** InsightFace's {@code train.rec} with {@code train.idx}, and DCFace's {@code file.rec} with {@code list.txt}. */
final class RecordIoFormat implements DatasetFormat {

    private static final String SUFFIX = ".rec";
    private static final String USUAL = "train.rec";

    @Override
    public String name() {
        return "recordio";
    }

    @Override
    public String description() {
        return "RecordIO of MXNet: train.rec, train.idx and property, as InsightFace reads them";
    }

    @Override
    public String files() {
        return "a .rec file with its .idx";
    }

    @Override
    public boolean readsInPlace() {
        return false;
    }

    @Override
    public boolean matches(List<String> names) {
        return !DatasetFormat.atRoot(names, SUFFIX).isEmpty();
    }

    @Override
    public ImageDataset open(DatasetFiles files, List<String> names, Optional<String> field) {
        List<String> records = DatasetFormat.atRoot(names, SUFFIX);
        if (records.size() > 1 && !records.contains(USUAL)) {
            throw new DatasetException(files + ": several datasets, " + String.join(", ", records)
                    + "; call the one that is meant " + USUAL + ", or give it a folder of its own");
        }
        String record = records.size() > 1 ? USUAL : records.get(0);
        String stem = record.substring(0, record.length() - SUFFIX.length());
        if (!names.contains(stem + ".idx")) {
            throw new DatasetException(
                    files + "/" + stem + ".idx: no such file, but " + record + " wants it; mxnet's rec2idx makes one");
        }
        return new RecordIoDataset(files, stem, names);
    }

    @Override
    public DatasetWriter writer(DatasetPlan plan, DatasetTarget target) throws IOException {
        return new RecordIoWriter(plan, target);
    }
}
