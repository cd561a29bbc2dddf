package org.facemill.datasets;

import java.util.ArrayList;
import java.util.List;

/** Encoded images in memory, class by class. */
final class MemoryDataset implements ImageDataset {

    private final String name;
    private final List<byte[]> images = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final int classes;

    MemoryDataset(String name, List<List<byte[]>> identities) {
        this.name = name;
        this.classes = identities.size();
        for (int label = 0; label < classes; label++) {
            for (byte[] image : identities.get(label)) {
                images.add(image);
                labels.add(label);
            }
        }
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels.get(index);
    }

    @Override
    public String name(int index) {
        return name + " image " + index + " of class " + labels.get(index);
    }

    @Override
    public byte[] image(int index) {
        return images.get(index);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
