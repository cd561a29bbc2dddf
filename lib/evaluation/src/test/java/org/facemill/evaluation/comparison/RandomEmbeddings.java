package org.facemill.evaluation.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Identities for tests: images scattered around a centre each. */
final class RandomEmbeddings {

    private RandomEmbeddings() {}

    /** Identities of the given numbers of images, the same for the same seed. */
    static List<Embeddings> of(long seed, int dimension, int... images) {
        Random random = new Random(seed);
        List<Embeddings> identities = new ArrayList<>();
        for (int count : images) {
            float[] centre = gaussian(random, dimension);
            float[] values = gaussian(random, count * dimension);
            for (int k = 0; k < values.length; k++) {
                values[k] += centre[k % dimension];
            }
            identities.add(Embeddings.normalised("identity " + identities.size(), count, dimension, values));
        }
        return identities;
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
