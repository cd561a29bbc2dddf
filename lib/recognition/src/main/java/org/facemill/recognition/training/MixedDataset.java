package org.facemill.recognition.training;

import java.util.List;
import org.facemill.datasets.ImageDataset;

/** Several datasets as one, such as authentic and synthetic faces: classes one after the other, images by weight. */
public final class MixedDataset implements ImageDataset {

    /**
     * One of the datasets.
     *
     * @param weight times that each of its images comes, at least 1
     */
    public record Part(ImageDataset dataset, int weight) {

        public Part {
            if (weight < 1) {
                throw new IllegalArgumentException(
                        "a dataset's weight is " + weight + "; it must be at least 1, or leave it out");
            }
        }

        int images() {
            return Math.multiplyExact(dataset.size(), weight);
        }
    }

    private final List<Part> parts;

    public MixedDataset(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public int size() {
        return parts.stream().mapToInt(Part::images).reduce(0, Math::addExact);
    }

    @Override
    public int classes() {
        return parts.stream().mapToInt(part -> part.dataset().classes()).sum();
    }

    @Override
    public int label(int index) {
        Place place = place(index);
        return place.firstClass + place.dataset.label(place.image);
    }

    @Override
    public String name(int index) {
        Place place = place(index);
        return place.dataset.name(place.image);
    }

    @Override
    public List<String> remarks() {
        return parts.stream().flatMap(part -> part.dataset().remarks().stream()).toList();
    }

    @Override
    public byte[] image(int index) {
        Place place = place(index);
        return place.dataset.image(place.image);
    }

    private record Place(ImageDataset dataset, int image, int firstClass) {}

    private Place place(int index) {
        int rest = index;
        int firstClass = 0;
        for (Part part : parts) {
            if (rest < part.images()) {
                return new Place(part.dataset(), rest % part.dataset().size(), firstClass);
            }
            rest -= part.images();
            firstClass += part.dataset().classes();
        }
        throw new IndexOutOfBoundsException("image " + index + " of " + size());
    }

    @Override
    public void close() {
        parts.forEach(part -> part.dataset().close());
    }
}
