package org.facemill.evaluation.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.facemill.tensor.Tensor;

/**
 * Each identity's most similar other, by mean embeddings, kept up to date while identities arrive: a new one is compared with
 * all before it, and both sides take note. Of equals the one with the lowest ordinal counts, whatever came first.
 */
final class NearestIdentities implements AutoCloseable {

    private static final int NONE = -1;

    private final PairwiseScores scores;
    private final EmbeddingRows centres;
    private long[] ordinals = new long[0];
    private int[] nearest = new int[0];
    private float[] cosines = new float[0];
    private int compared;

    NearestIdentities(int dimension, PairwiseScores scores) {
        this.scores = scores;
        this.centres = new EmbeddingRows(dimension);
    }

    /** Takes an identity; gives its number here. */
    int add(long ordinal, float[] centre) {
        int index = centres.size();
        if (index == ordinals.length) {
            int room = Math.max(16, 2 * index);
            ordinals = Arrays.copyOf(ordinals, room);
            nearest = Arrays.copyOf(nearest, room);
            cosines = Arrays.copyOf(cosines, room);
        }
        ordinals[index] = ordinal;
        nearest[index] = NONE;
        centres.add(centre, 1);
        return index;
    }

    /** Compares those that came since the last time. */
    void update() {
        if (compared < centres.size()) {
            var task = new PairwiseScores.Task(centres, compared, centres.size(), centres);
            List<Best> parts = scores.compare(task, Best::new, pairs -> {});
            for (Best part : parts) {
                for (int i = 0; i < centres.size(); i++) {
                    see(nearest, cosines, i, part.nearest[i], part.cosines[i]);
                }
            }
            compared = centres.size();
        }
    }

    /** Ordinal of an identity's most similar other; -1 for none. */
    long of(int index) {
        return nearest[index] == NONE ? -1 : ordinals[nearest[index]];
    }

    /** Cosine of the two; NaN for none. */
    double cosine(int index) {
        return nearest[index] == NONE ? Double.NaN : cosines[index];
    }

    /** What was found so far, as arrays; see {@link IdentitySeparation#state}. */
    Map<String, Tensor> state() {
        long[] indices = new long[centres.size()];
        Arrays.setAll(indices, i -> nearest[i]);
        return Map.of(
                "nearest_compared", IdentitySeparation.array(compared),
                "nearest", IdentitySeparation.array(indices),
                "nearest_cosines", Tensor.of(new long[] {centres.size()}, Arrays.copyOf(cosines, centres.size())));
    }

    /** Goes on from a state of the identities that came first. */
    void resume(Map<String, Tensor> state) {
        compared = Math.toIntExact(state.get("nearest_compared").longs()[0]);
        long[] indices = state.get("nearest").longs();
        float[] found = state.get("nearest_cosines").floats();
        for (int i = 0; i < indices.length; i++) {
            nearest[i] = Math.toIntExact(indices[i]);
            cosines[i] = found[i];
        }
    }

    private void see(int[] nearest, float[] cosines, int index, int other, float cosine) {
        if (other != NONE
                && (nearest[index] == NONE
                        || cosine > cosines[index]
                        || cosine == cosines[index] && ordinals[other] < ordinals[nearest[index]])) {
            nearest[index] = other;
            cosines[index] = cosine;
        }
    }

    @Override
    public void close() {
        centres.close();
    }

    private final class Best implements PairwiseScores.Sink {
        private final int[] nearest = new int[centres.size()];
        private final float[] cosines = new float[centres.size()];

        Best() {
            Arrays.fill(nearest, NONE);
        }

        @Override
        public void take(int probe, int first, float[] values, int count) {
            for (int i = 0; i < count; i++) {
                see(nearest, cosines, probe, first + i, values[i]);
                see(nearest, cosines, first + i, probe, values[i]);
            }
        }
    }
}
