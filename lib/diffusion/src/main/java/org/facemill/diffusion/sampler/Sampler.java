package org.facemill.diffusion.sampler;

/** A way from noise to latents. Stateless, for any number of threads; its arithmetic is float32. */
public interface Sampler {

    /**
     * Denoises.
     *
     * @param denoiser the network; evaluated once a step
     * @param noise    used by methods that add noise on the way
     * @param start    x_T, standard normal, unchanged
     * @param listener called after each step
     * @return x_0, laid out as {@code start}
     */
    float[] sample(Denoiser denoiser, NoiseSource noise, float[] start, StepListener listener);

    /** Steps that it takes, which are evaluations of the network. */
    int steps();

    /** How much noise it adds on the way: 0 none, 1 as much as ancestral sampling. */
    double eta();
}
