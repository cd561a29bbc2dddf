package org.facemill.evaluation.comparison;

import java.util.Arrays;

/**
 * IDiff-Face's impostor protocol (evaluate.py): random pairs of images of two identities, with repetitions, drawn as numpy's
 * RandomState draws them, so that a seed gives the same pairs as there.
 */
final class RandomImpostors {

    private RandomImpostors() {}

    /** Takes pairs of rows. */
    interface Sink {
        void take(int first, int second);
    }

    /**
     * Draws pairs.
     *
     * @param starts each identity's first row, rising; its rows lie together
     * @param rows   number of all rows
     * @param count  number of pairs; evaluate.py draws as many as there are genuine pairs counted in both orders
     */
    static void draw(int[] starts, int rows, int count, long seed, Sink sink) {
        if (starts.length < 2) {
            throw new IllegalArgumentException("impostor pairs want two identities, there is one");
        }
        NumpyRandom random = new NumpyRandom(seed);
        int[] firsts = new int[count];
        Arrays.setAll(firsts, i -> random.below(rows));
        for (int first : firsts) {
            int found = Arrays.binarySearch(starts, first);
            int identity = found < 0 ? -found - 2 : found;
            int start = starts[identity];
            int own = (identity + 1 < starts.length ? starts[identity + 1] : rows) - start;
            int place = random.below(rows - own);
            sink.take(first, place < start ? place : place + own);
        }
    }
}
