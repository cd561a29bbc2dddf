package org.facemill.datasets;

import java.util.List;
import java.util.Map;

/**
 * A dataset with what is known beside its files.
 *
 * @param identities names by label, where they are others than the dataset's own
 */
record NamedDataset(ImageDataset dataset, Map<Integer, String> identities, List<String> remarks)
        implements ImageDataset {

    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public int classes() {
        return dataset.classes();
    }

    @Override
    public int label(int index) {
        return dataset.label(index);
    }

    @Override
    public String identity(int label) {
        String name = identities.get(label);
        return name == null ? dataset.identity(label) : name;
    }

    @Override
    public String name(int index) {
        return dataset.name(index);
    }

    @Override
    public byte[] image(int index) {
        return dataset.image(index);
    }

    @Override
    public void close() {
        dataset.close();
    }
}
