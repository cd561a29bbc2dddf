package org.facemill.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A dataset with the labels that have images counted from 0 without a gap, in their order. */
final class DenseDataset implements ImageDataset {

    private final ImageDataset dataset;
    /** The dataset's label of each of ours. */
    private final int[] origin;
    /** Our label of each image. */
    private final int[] labels;

    DenseDataset(ImageDataset dataset) {
        this.dataset = dataset;
        this.origin = IntStream.range(0, dataset.size())
                .map(dataset::label)
                .sorted()
                .distinct()
                .toArray();
        this.labels = IntStream.range(0, dataset.size())
                .map(i -> Arrays.binarySearch(origin, dataset.label(i)))
                .toArray();
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int classes() {
        return origin.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public String identity(int label) {
        return dataset.identity(origin[label]);
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
    public List<String> remarks() {
        return dataset.remarks();
    }

    @Override
    public void close() {
        dataset.close();
    }
}
