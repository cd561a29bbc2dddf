package org.facemill.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.VerificationSet;
import org.facemill.evaluation.metrics.PairVerification;
import org.facemill.images.FacePoints;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;

/** How well an encoder tells whether two aligned faces are of one identity, by InsightFace's protocol. */
public final class Verification {

    /** Images in memory at a time where a benchmark holds them encoded. */
    private static final int CHUNK = 256;
    /** Most pairs of one kind that are made of held-out identities. */
    private static final int MOST_PAIRS = 3000;

    private Verification() {}

    /**
     * A pair for an encoder to judge.
     *
     * @param first  index of an image
     * @param second index of another
     * @param same   whether they show one identity
     */
    public record Pair(int first, int second, boolean same) {}

    /** Images by their index, made when they are asked for. */
    private record Pictures(int count, IntFunction<RgbImage> images, IntFunction<String> names, IntConsumer progress) {

        Pictures(int count, IntFunction<RgbImage> images, IntFunction<String> names) {
            this(count, images, names, done -> {});
        }
    }

    /**
     * Refuses pairs that cannot be verified, before anything is made of them.
     *
     * @param name of the file that lists them, for messages
     * @param same whether each shows one identity
     * @throws IllegalArgumentException with fewer pairs than folds, or pairs of one kind only
     */
    public static void require(String name, List<Boolean> same) {
        long genuine = same.stream().filter(pair -> pair).count();
        if (same.size() < PairVerification.FOLDS || genuine == 0 || genuine == same.size()) {
            throw new IllegalArgumentException(
                    "%s: %d pairs of one person and %d of two; verification wants both kinds, and at least %d pairs in all"
                            .formatted(name, genuine, same.size() - genuine, PairVerification.FOLDS));
        }
    }

    /**
     * Accuracy by ten-fold cross-validation over consecutive tenths of the pairs; an image's embedding is the normalised sum
     * of its own and its mirror image's.
     *
     * @param images aligned to the encoder's template
     * @param names  of the images, for messages
     * @throws IllegalArgumentException with fewer than ten pairs, or pairs of one kind only
     * @throws EncodingException        if there is no embedding of an image
     */
    public static PairVerification of(
            Encoder encoder, List<RgbImage> images, IntFunction<String> names, List<Pair> pairs) {
        return of(encoder, new Pictures(images.size(), images::get, names), pairs);
    }

    private static PairVerification of(Encoder encoder, Pictures pictures, List<Pair> pairs) {
        double[][] embeddings = embeddings(encoder, pictures);
        double[] distances = pairs.stream()
                .mapToDouble(pair -> squaredDistance(embeddings[pair.first()], embeddings[pair.second()]))
                .toArray();
        boolean[] same = new boolean[pairs.size()];
        for (int i = 0; i < same.length; i++) {
            same[i] = pairs.get(i).same();
        }
        return PairVerification.of(distances, same);
    }

    /** Chunk by chunk: a benchmark of 12,000 images takes 450 MB decoded. */
    private static double[][] embeddings(Encoder encoder, Pictures pictures) {
        double[][] embeddings = new double[pictures.count()][];
        for (int from = 0; from < pictures.count(); from += CHUNK) {
            int first = from;
            IntFunction<String> names = i -> pictures.names().apply(first + i);
            List<RgbImage> chunk = IntStream.range(from, Math.min(pictures.count(), from + CHUNK))
                    .mapToObj(pictures.images())
                    .toList();
            double[][] sums = MirrorSums.embed(encoder, chunk, names);
            System.arraycopy(sums, 0, embeddings, from, sums.length);
            pictures.progress().accept(sums.length);
        }
        return embeddings;
    }

    /** On a benchmark such as {@code lfw.bin}, whose images are aligned to {@link FacePoints#ARCFACE_112}. */
    public static PairVerification of(Encoder encoder, VerificationSet set) {
        return of(encoder, set, done -> {});
    }

    /**
     * The same, with progress.
     *
     * @param progress is given the number of images done since the last time
     */
    public static PairVerification of(Encoder encoder, VerificationSet set, IntConsumer progress) {
        List<Pair> pairs = IntStream.range(0, set.same().size())
                .mapToObj(i -> new Pair(2 * i, 2 * i + 1, set.same().get(i)))
                .toList();
        IntFunction<String> names = i -> "image " + i + " of the benchmark";
        return of(
                encoder.adapted(FacePoints.ARCFACE_112),
                new Pictures(
                        set.images().size(),
                        i -> Images.decode(set.images().get(i), names.apply(i), Limits.DEFAULT),
                        names,
                        progress),
                pairs);
    }

    /**
     * On identities that a training has not seen: their genuine pairs, at most {@value #MOST_PAIRS}, and as many impostor
     * pairs, the same ones each time.
     *
     * @param heldOut faces aligned to the encoder's template
     */
    public static PairVerification ofUnseen(Encoder encoder, ImageDataset heldOut) {
        return of(
                encoder,
                new Pictures(
                        heldOut.size(),
                        i -> Images.decode(heldOut.image(i), heldOut.name(i), Limits.DEFAULT),
                        heldOut::name),
                pairs(heldOut));
    }

    /** Genuine and impostor pairs in turn, so that every fold holds as many of each. */
    private static List<Pair> pairs(ImageDataset dataset) {
        SplittableRandom random = new SplittableRandom(0);
        int size = dataset.size();
        List<Pair> genuine = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                if (dataset.label(i) == dataset.label(j)) {
                    genuine.add(new Pair(i, j, true));
                }
            }
        }
        if (genuine.isEmpty() || dataset.classes() < 2) {
            throw new IllegalArgumentException("verification wants at least two identities with two images each");
        }
        List<Pair> pairs = new ArrayList<>();
        while (!genuine.isEmpty() && pairs.size() < 2 * MOST_PAIRS) {
            int drawn = random.nextInt(genuine.size());
            pairs.add(genuine.get(drawn));
            genuine.set(drawn, genuine.get(genuine.size() - 1));
            genuine.remove(genuine.size() - 1);
            pairs.add(impostor(dataset, random));
        }
        return pairs;
    }

    private static Pair impostor(ImageDataset dataset, SplittableRandom random) {
        while (true) {
            int first = random.nextInt(dataset.size());
            int second = random.nextInt(dataset.size());
            if (dataset.label(first) != dataset.label(second)) {
                return new Pair(first, second, false);
            }
        }
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
