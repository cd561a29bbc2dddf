package org.facemill.evaluation.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Each embedding's most similar ones in another set, most similar first; of equals the one that was added first.
 */
final class NearestRows implements AutoCloseable {

    private static final int NONE = -1;

    private final int count;
    private final PairwiseScores scores;
    private final EmbeddingRows probes;
    private final EmbeddingRows others;
    /** Of each probe: the first of the others' rows that are passed over, and the one after the last. */
    private int[] passedFrom = new int[16];

    private int[] passedTo = new int[16];

    /**
     * The nearest of one embedding.
     *
     * @param rows their numbers, in the order in which they were added
     * @param cosines to each
     */
    record Nearest(int[] rows, float[] cosines) {}

    /**
     * @param dimension numbers in an embedding
     * @param count how many are looked for
     */
    NearestRows(int dimension, int count) {
        this.count = count;
        this.scores = new PairwiseScores(dimension);
        this.probes = new EmbeddingRows(dimension);
        this.others = new EmbeddingRows(dimension);
    }

    /** Takes embeddings whose nearest are looked for. */
    void addProbes(Embeddings embeddings) {
        addProbes(embeddings, 0, 0);
    }

    /** The same, not looked for among the others' rows {@code from} to {@code to} (exclusive). */
    void addProbes(Embeddings embeddings, int from, int to) {
        int first = probes.size();
        probes.add(embeddings.values(), embeddings.images());
        if (probes.size() > passedFrom.length) {
            int room = Math.max(probes.size(), 2 * passedFrom.length);
            passedFrom = Arrays.copyOf(passedFrom, room);
            passedTo = Arrays.copyOf(passedTo, room);
        }
        Arrays.fill(passedFrom, first, probes.size(), from);
        Arrays.fill(passedTo, first, probes.size(), to);
    }

    /** Takes embeddings among which they are looked for. */
    void addOthers(Embeddings embeddings) {
        others.add(embeddings.values(), embeddings.images());
    }

    /** The nearest of each probe; for the progress see {@link IdentitySeparation#countRound}. */
    List<Nearest> find(LongConsumer progress) {
        var task = new PairwiseScores.Task(probes, 0, probes.size(), others);
        Best all = new Best();
        for (Best part : scores.compare(task, Best::new, progress)) {
            for (int probe = 0; probe < probes.size(); probe++) {
                for (int i = 0; i < count && part.rows[probe * count + i] != NONE; i++) {
                    all.see(probe, part.rows[probe * count + i], part.cosines[probe * count + i]);
                }
            }
        }
        Nearest[] nearest = new Nearest[probes.size()];
        Arrays.setAll(nearest, probe -> {
            int found = Math.min(count, others.size() - (passedTo[probe] - passedFrom[probe]));
            return new Nearest(
                    Arrays.copyOfRange(all.rows, probe * count, probe * count + found),
                    Arrays.copyOfRange(all.cosines, probe * count, probe * count + found));
        });
        return List.of(nearest);
    }

    @Override
    public void close() {
        others.close();
        probes.close();
        scores.close();
    }

    private final class Best implements PairwiseScores.Sink {
        private final int[] rows = new int[Math.multiplyExact(probes.size(), count)];
        private final float[] cosines = new float[rows.length];

        Best() {
            Arrays.fill(rows, NONE);
            Arrays.fill(cosines, Float.NEGATIVE_INFINITY);
        }

        @Override
        public void take(int probe, int first, float[] values, int length) {
            float least = cosines[probe * count + count - 1];
            for (int i = 0; i < length; i++) {
                boolean passed = first + i >= passedFrom[probe] && first + i < passedTo[probe];
                if (values[i] >= least && !passed) {
                    see(probe, first + i, values[i]);
                    least = cosines[probe * count + count - 1];
                }
            }
        }

        /** Puts a row where it belongs among the best. */
        void see(int probe, int row, float cosine) {
            int begin = probe * count;
            int at = begin + count;
            while (at > begin && before(cosine, row, at - 1)) {
                at--;
            }
            if (at < begin + count) {
                System.arraycopy(rows, at, rows, at + 1, begin + count - 1 - at);
                System.arraycopy(cosines, at, cosines, at + 1, begin + count - 1 - at);
                rows[at] = row;
                cosines[at] = cosine;
            }
        }

        private boolean before(float cosine, int row, int at) {
            return rows[at] == NONE || cosine > cosines[at] || cosine == cosines[at] && row < rows[at];
        }
    }
}
