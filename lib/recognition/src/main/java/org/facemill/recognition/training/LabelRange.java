package org.facemill.recognition.training;

import java.util.stream.IntStream;
import org.facemill.datasets.ImageDataset;

/** The images of some classes of a dataset, labelled from 0: training and held-out identities are two of these. */
public final class LabelRange implements ImageDataset {

    private final ImageDataset dataset;
    private final int from;
    private final int classes;
    private final int[] images;

    /**
     * The classes {@code from} to {@code to - 1}.
     *
     * @throws IllegalArgumentException if the dataset has not that many
     */
    public LabelRange(ImageDataset dataset, int from, int to) {
        if (from < 0 || from >= to || to > dataset.classes()) {
            throw new IllegalArgumentException("identities " + from + " to " + (to - 1) + " of a dataset of "
                    + dataset.classes() + "; hold fewer out");
        }
        this.dataset = dataset;
        this.from = from;
        this.classes = to - from;
        this.images = IntStream.range(0, dataset.size())
                .filter(i -> dataset.label(i) >= from && dataset.label(i) < to)
                .toArray();
    }

    @Override
    public int size() {
        return images.length;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return dataset.label(images[index]) - from;
    }

    @Override
    public String name(int index) {
        return dataset.name(images[index]);
    }

    @Override
    public byte[] image(int index) {
        return dataset.image(images[index]);
    }

    /** Leaves the dataset open: it may be shared. */
    @Override
    public void close() {
        // nothing of its own
    }
}
