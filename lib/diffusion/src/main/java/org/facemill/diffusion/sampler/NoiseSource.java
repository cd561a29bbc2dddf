package org.facemill.diffusion.sampler;

import org.facemill.contracts.Noise;

/** Where a sampler's standard normal numbers come from. */
@FunctionalInterface
public interface NoiseSource {

    /**
     * Fills {@code out} with the noise of a step.
     *
     * @param step 0, 1, ... in the order in which the network is evaluated, or {@link Noise#X_T} for the start
     */
    void draw(int step, float[] out);

    /**
     * The noise of consecutive images of an identity, a function of seed, ordinal, image and step alone: an image's noise
     * does not depend on the batch that it is in.
     *
     * @param images    how many images a batch holds
     * @param firstImage number of the first within the identity
     */
    static NoiseSource of(long seed, long ordinal, int firstImage, int images) {
        return (step, out) -> {
            float[] image = new float[out.length / images];
            for (int i = 0; i < images; i++) {
                Noise.normal(seed, ordinal, firstImage + i, step, image);
                System.arraycopy(image, 0, out, i * image.length, image.length);
            }
        };
    }
}
