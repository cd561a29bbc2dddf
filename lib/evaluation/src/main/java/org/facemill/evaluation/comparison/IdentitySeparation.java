package org.facemill.evaluation.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.facemill.evaluation.metrics.ErrorRates;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.tensor.Tensor;

/**
 * Genuine and impostor scores of a set of identities, kept up to date while embeddings arrive.
 *
 * <p>Genuine pairs are all pairs of images of one identity, impostor pairs all pairs of images of two identities. The result
 * depends on which identities were added, not on their order nor on how often it was asked for, and an ordinal that comes again
 * changes nothing: figures of identities as they arrive equal those of all at once, to the last digit.
 *
 * <p>Memory: 2 MiB of counts, 12 bytes an embedding; the embeddings themselves lie in a temporary file, see
 * {@link EmbeddingRows}. Not safe for several threads at once; it uses as many as libtorch may.
 */
public final class IdentitySeparation implements AutoCloseable {

    /** Pairs that are counted before a caller can keep what was counted. */
    private static final long PAIRS_PER_ROUND = 1L << 31;

    private static final long MOST_RANDOM_PAIRS = 1L << 28;

    private static final String ORDINALS = "ordinals";
    private static final String IMAGES = "images";

    private final int dimension;
    private final PairwiseScores scores;
    private final EmbeddingRows rows;
    private final NearestIdentities nearest;
    private final CosineHistogram genuine = new CosineHistogram();
    private final CosineHistogram impostor = new CosineHistogram();
    private final TreeMap<Long, Identity> identities = new TreeMap<>();
    /** Of each row: the first row of its identity. */
    private int[] starts = new int[EmbeddingRows.BLOCK];
    /** Of each row: sum of its scores with its identity's other rows, in bins from 0. */
    private long[] ownScores = new long[EmbeddingRows.BLOCK];

    private int counted;

    /** One identity's place: its first row, its images, and its number in order of arrival. */
    record Identity(int start, int images, int arrival) {}

    /** @param dimension numbers in an embedding */
    public IdentitySeparation(int dimension) {
        this.dimension = dimension;
        this.scores = new PairwiseScores(dimension);
        this.rows = new EmbeddingRows(dimension);
        this.nearest = new NearestIdentities(dimension, scores);
    }

    /** All of a set, each identity's number its ordinal. */
    public static IdentitySeparation of(FaceSet faces) {
        IdentitySeparation separation = new IdentitySeparation(faces.dimension());
        for (int identity = 0; identity < faces.identities(); identity++) {
            separation.add(identity, faces.embeddings(identity));
        }
        return separation;
    }

    /**
     * Takes one identity.
     *
     * @return false if the ordinal is known already, and nothing changed
     */
    public boolean add(long ordinal, Embeddings embeddings) {
        if (embeddings.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "identity %d has embeddings of dimension %d, the others have %d; are they of one recogniser?"
                            .formatted(ordinal, embeddings.dimension(), dimension));
        }
        if (identities.containsKey(ordinal)) {
            return false;
        }
        int start = rows.size();
        rows.add(embeddings.values(), embeddings.images());
        if (rows.size() > starts.length) {
            int room = Math.max(rows.size(), 2 * starts.length);
            starts = Arrays.copyOf(starts, room);
            ownScores = Arrays.copyOf(ownScores, room);
        }
        Arrays.fill(starts, start, rows.size(), start);
        identities.put(ordinal, new Identity(start, embeddings.images(), nearest.add(ordinal, embeddings.centre())));
        return true;
    }

    /** Whether an identity is taken already. */
    public boolean contains(long ordinal) {
        return identities.containsKey(ordinal);
    }

    /** Number of identities taken. */
    public int identities() {
        return identities.size();
    }

    /** Number of their images. */
    public int images() {
        return rows.size();
    }

    /** Whether there is a genuine and an impostor pair, so that error rates are defined. */
    public boolean measurable() {
        return identities.size() > 1 && images() > identities.size();
    }

    /** Pairs that are not counted yet. */
    public long pendingPairs() {
        return new PairwiseScores.Task(rows, counted, rows.size(), rows).pairs();
    }

    /**
     * Counts pairs that are not counted yet, some billions at most.
     *
     * @param progress is given pairs done since the last time, several times a second; what it throws ends the counting, and
     *                 the round changes nothing
     * @return whether there are more
     */
    public boolean countRound(LongConsumer progress) {
        int to = counted;
        while (to < rows.size() && new PairwiseScores.Task(rows, counted, to, rows).pairs() < PAIRS_PER_ROUND) {
            to = Math.min(rows.size(), to + PairwiseScores.PROBES);
        }
        if (to > counted) {
            var task = new PairwiseScores.Task(rows, counted, to, rows);
            List<Counts> parts = scores.compare(task, Counts::new, progress);
            parts.forEach(this::take);
            counted = to;
        }
        return counted < rows.size();
    }

    /** The scores of all pairs so far, to half a bin of 1/65536. Counts what is not counted yet. */
    public ScoreCounts scores() {
        return scores(pairs -> {});
    }

    /** As {@link #scores()}, with the progress of {@link #countRound}. */
    public ScoreCounts scores(LongConsumer progress) {
        boolean more = true;
        while (more) {
            more = countRound(progress);
        }
        return CosineHistogram.counts(genuine, impostor);
    }

    /**
     * All genuine pairs, and as many random impostor pairs as those are when counted in both orders: IDiff-Face's protocol
     * (evaluate.py), with its pairs where identities were added in the order of its files.
     *
     * @param seed 0 to 2^32 - 1, as numpy takes it
     * @param progress is given pairs done since the last time
     */
    public ScoreCounts randomImpostors(long seed, LongConsumer progress) {
        long count = 2 * Arrays.stream(scores(progress).genuine()).sum();
        if (count > MOST_RANDOM_PAIRS) {
            throw new IllegalArgumentException(count + " random impostor pairs, twice the genuine ones, are more than "
                    + MOST_RANDOM_PAIRS + "; compare fewer images of each identity");
        }
        int[] firstRows =
                identities.values().stream().mapToInt(Identity::start).sorted().toArray();
        CosineHistogram drawn = new CosineHistogram();
        float[] score = new float[1];
        RandomImpostors.draw(firstRows, rows.size(), (int) count, seed, (first, second) -> {
            score[0] = rows.cosine(first, second);
            drawn.add(score, 0, 1);
            progress.accept(1);
        });
        return CosineHistogram.counts(genuine, drawn);
    }

    /** Each identity's inner likeness and its most similar other, by ordinal. Counts what is not counted yet. */
    public List<IdentityLikeness> likeness() {
        ScoreCounts counts = scores();
        double threshold = measurable() ? ErrorRates.of(counts).equalError().threshold() : Double.NEGATIVE_INFINITY;
        nearest.update();
        List<IdentityLikeness> all = new ArrayList<>(identities.size());
        for (Map.Entry<Long, Identity> entry : identities.entrySet()) {
            all.add(likeness(entry.getKey(), entry.getValue(), threshold));
        }
        return all;
    }

    private IdentityLikeness likeness(long ordinal, Identity identity, double threshold) {
        double[] means = new double[identity.images()];
        int others = identity.images() - 1;
        Arrays.setAll(
                means, i -> (double) ownScores[identity.start() + i] / others / CosineHistogram.BINS_PER_UNIT - 1);
        boolean single = others == 0;
        long sum = Arrays.stream(ownScores, identity.start(), identity.start() + identity.images())
                .sum();
        return new IdentityLikeness(
                ordinal,
                identity.images(),
                single ? Double.NaN : (double) sum / identity.images() / others / CosineHistogram.BINS_PER_UNIT - 1,
                single ? Double.NaN : Arrays.stream(means).min().orElseThrow(),
                single
                        ? Double.NaN
                        : Arrays.stream(means).filter(m -> m < threshold).count() / (double) means.length,
                nearest.of(identity.arrival()),
                nearest.cosine(identity.arrival()));
    }

    /** Rows {@code from} to {@code to} (exclusive) in the order in which they were added, one after the other. */
    public float[] rows(int from, int to) {
        return rows.floats(from, to);
    }

    /**
     * What was counted so far, as arrays that {@link #resume} goes on from: identities and their images in order of arrival,
     * and every count. The embeddings are not in it.
     */
    public Map<String, Tensor> state() {
        long[] ordinals = new long[identities.size()];
        long[] images = new long[identities.size()];
        identities.forEach((ordinal, identity) -> {
            ordinals[identity.arrival()] = ordinal;
            images[identity.arrival()] = identity.images();
        });
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(ORDINALS, array(ordinals));
        state.put(IMAGES, array(images));
        state.put("counted", array(counted));
        state.put("own_scores", array(Arrays.copyOf(ownScores, rows.size())));
        state.put("genuine", array(genuine.counts()));
        state.put("impostor", array(impostor.counts()));
        state.putAll(nearest.state());
        return state;
    }

    /**
     * Goes on from a state. Its identities must have been added, first of all and in its order, and nothing counted yet; more
     * may follow.
     *
     * @throws IllegalArgumentException if the state is of other identities
     */
    public void resume(Map<String, Tensor> state) {
        long[] ordinals = state.get(ORDINALS).longs();
        long[] images = state.get(IMAGES).longs();
        for (int i = 0; i < ordinals.length; i++) {
            Identity identity = identities.get(ordinals[i]);
            if (counted > 0 || identity == null || identity.arrival() != i || identity.images() != images[i]) {
                throw new IllegalArgumentException("what was counted is of other identities: number " + i + " there is "
                        + ordinals[i] + " with " + images[i] + " images");
            }
        }
        counted = Math.toIntExact(state.get("counted").longs()[0]);
        long[] own = state.get("own_scores").longs();
        System.arraycopy(own, 0, ownScores, 0, own.length);
        genuine.add(state.get("genuine").longs());
        impostor.add(state.get("impostor").longs());
        nearest.resume(state);
    }

    /** Ordinals of a state's identities, in order of arrival. */
    public static long[] ordinals(Map<String, Tensor> state) {
        return state.get(ORDINALS).longs();
    }

    /** Numbers of images of a state's identities, in order of arrival. */
    public static long[] images(Map<String, Tensor> state) {
        return state.get(IMAGES).longs();
    }

    static Tensor array(long... values) {
        return Tensor.of(new long[] {values.length}, values);
    }

    private void take(Counts part) {
        genuine.add(part.genuine);
        impostor.add(part.impostor);
        for (int row = 0; row < part.own.length; row++) {
            ownScores[row] += part.own[row];
        }
    }

    @Override
    public void close() {
        nearest.close();
        rows.close();
        scores.close();
    }

    /** One thread's part of a round. */
    private final class Counts implements PairwiseScores.Sink {
        private final CosineHistogram genuine = new CosineHistogram();
        private final CosineHistogram impostor = new CosineHistogram();
        private final long[] own = new long[rows.size()];

        @Override
        public void take(int probe, int first, float[] values, int count) {
            int identity = Math.max(0, Math.min(count, starts[probe] - first));
            impostor.add(values, 0, identity);
            genuine.add(values, identity, count);
            for (int i = identity; i < count; i++) {
                int bin = CosineHistogram.bin(values[i]);
                own[probe] += bin;
                own[first + i] += bin;
            }
        }
    }
}
