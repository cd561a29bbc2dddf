package org.facemill.evaluation.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * IDiff-Face's impostor protocol (evaluate.py): random pairs of images of two identities, with repetitions, drawn as numpy's
 * RandomState draws them, so that a seed gives the same pairs as there.
 */
public final class RandomImpostors {

    private RandomImpostors() {}

    /** Two images. */
    public record Pair(int first, int second) {}

    /**
     * Draws pairs.
     *
     * @param labels each image's identity; at least two different ones
     * @param count  number of pairs; evaluate.py draws as many as there are genuine pairs counted in both orders
     */
    public static Pair[] draw(long[] labels, int count, long seed) {
        NumpyRandom random = new NumpyRandom(seed);
        int[] firsts = new int[count];
        Arrays.setAll(firsts, i -> random.below(labels.length));
        Map<Long, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            places.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
        }
        if (places.size() < 2) {
            throw new IllegalArgumentException("impostor pairs want two identities, there is one");
        }
        Pair[] pairs = new Pair[count];
        Arrays.setAll(pairs, i -> {
            List<Integer> own = places.get(labels[firsts[i]]);
            return new Pair(firsts[i], other(random.below(labels.length - own.size()), own));
        });
        return pairs;
    }

    /** The image at a place among those that are none of an identity's own, which are given in rising order. */
    private static int other(int place, List<Integer> own) {
        int image = place;
        for (int taken : own) {
            image += taken <= image ? 1 : 0;
        }
        return image;
    }
}
