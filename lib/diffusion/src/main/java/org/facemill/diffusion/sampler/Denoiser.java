package org.facemill.diffusion.sampler;

/** What a diffusion network is to a sampler: eps_theta(x_t, t). */
@FunctionalInterface
public interface Denoiser {

    /**
     * The noise in {@code x}.
     *
     * @param x latents of a batch, noised to step {@code t}; not to be changed or kept
     * @param t 0 .. T-1
     * @return predicted noise, as long as {@code x}, the caller's to keep
     */
    float[] noise(float[] x, int t);
}
