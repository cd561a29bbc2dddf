package org.facemill.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.facemill.datasets.files.NaturalOrder;

/** WebDataset's shards. */
final class WebDatasetFormat implements DatasetFormat {

    @Override
    public String name() {
        return "webdataset";
    }

    @Override
    public String description() {
        return "tar shards with labels, as WebDataset reads them";
    }

    @Override
    public String files() {
        return ".tar shards of WebDataset";
    }

    @Override
    public boolean readsInPlace() {
        return false;
    }

    @Override
    public boolean matches(List<String> names) {
        return !shards(names).isEmpty();
    }

    @Override
    public ImageDataset open(DatasetFiles files, List<String> names, Optional<String> field) {
        return new WebDataset(files, shards(names), field);
    }

    private static List<String> shards(List<String> names) {
        return names.stream()
                .filter(name -> name.endsWith(".tar") && !name.contains("/"))
                .sorted(NaturalOrder.INSTANCE)
                .toList();
    }

    @Override
    public DatasetWriter writer(DatasetPlan plan, DatasetTarget target) throws IOException {
        return new WebDatasetWriter(target);
    }
}
