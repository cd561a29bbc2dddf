package org.facemill.recognition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.facemill.datasets.ImageDataset;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;

/** A dataset of aligned faces, encoded: its embeddings in memory, its pictures read again when they are asked for. */
public final class EncodedDataset implements FaceSet {

    /** Images in memory at a time. */
    private static final int CHUNK = 64;

    private final String name;
    private final ImageDataset dataset;
    private final int dimension;
    private final float[][] rows;
    /** Indices of each identity's images. */
    private final List<List<Integer>> identities;

    /**
     * Encodes a dataset, which is closed with this set.
     *
     * @param encoder for faces of the dataset's template
     * @param flip whether an image's embedding is the normalised sum of its own and its mirror image's
     * @param progress is given the number of images done since the last time
     * @throws IllegalArgumentException if an image has not the template's size; names it
     */
    public EncodedDataset(String name, ImageDataset dataset, Encoder encoder, boolean flip, IntConsumer progress) {
        this.name = name;
        this.dataset = dataset;
        this.dimension = encoder.dimension();
        this.rows = new float[dataset.size()][];
        this.identities = identities(dataset);
        List<Integer> order = identities.stream().flatMap(Collection::stream).toList();
        for (int from = 0; from < order.size(); from += CHUNK) {
            List<Integer> chunk = order.subList(from, Math.min(order.size(), from + CHUNK));
            encode(chunk, encoder, flip);
            progress.accept(chunk.size());
        }
    }

    private static List<List<Integer>> identities(ImageDataset dataset) {
        TreeMap<Integer, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < dataset.size(); i++) {
            places.computeIfAbsent(dataset.label(i), label -> new ArrayList<>()).add(i);
        }
        return List.copyOf(places.values());
    }

    private void encode(List<Integer> indices, Encoder encoder, boolean flip) {
        int side = encoder.template().size();
        List<RgbImage> images = indices.stream().map(i -> aligned(i, side)).toList();
        IntFunction<String> names = i -> dataset.name(indices.get(i));
        float[][] embeddings = flip ? floats(MirrorSums.embed(encoder, images, names)) : encoder.embed(images, names);
        for (int i = 0; i < embeddings.length; i++) {
            rows[indices.get(i)] = embeddings[i];
        }
    }

    private RgbImage aligned(int index, int side) {
        RgbImage image = picture(index);
        if (image.width() != side || image.height() != side) {
            throw new IllegalArgumentException(
                    "%s: %d x %d pixels, aligned images are %d x %d; run `facemill align` first"
                            .formatted(dataset.name(index), image.width(), image.height(), side, side));
        }
        return image;
    }

    private RgbImage picture(int index) {
        return Images.decode(dataset.image(index), dataset.name(index), Limits.DEFAULT);
    }

    private static float[][] floats(double[][] rows) {
        float[][] values = new float[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            double[] from = rows[row];
            float[] to = new float[from.length];
            IntStream.range(0, to.length).forEach(i -> to[i] = (float) from[i]);
            values[row] = to;
        }
        return values;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int identities() {
        return identities.size();
    }

    @Override
    public int images() {
        return rows.length;
    }

    @Override
    public int images(int identity) {
        return identities.get(identity).size();
    }

    @Override
    public String identity(int identity) {
        return dataset.identity(dataset.label(identities.get(identity).get(0)));
    }

    @Override
    public Embeddings embeddings(int identity) {
        float[][] own =
                identities.get(identity).stream().map(index -> rows[index]).toArray(float[][]::new);
        return Embeddings.normalised(name + ": identity " + identity(identity), own);
    }

    @Override
    public String imageName(int identity, int image) {
        return dataset.name(identities.get(identity).get(image));
    }

    @Override
    public Optional<RgbImage> picture(int identity, int image) {
        return Optional.of(picture(identities.get(identity).get(image)));
    }

    @Override
    public void close() {
        dataset.close();
    }
}
