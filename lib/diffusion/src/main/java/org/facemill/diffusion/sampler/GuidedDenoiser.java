package org.facemill.diffusion.sampler;

/**
 * Classifier-free guidance (Ho and Salimans, 2022) as IDiff-Face writes it: (1 - s) eps(x) + s eps(x, c). A scale s of 1 is
 * purely conditional, 0 unconditional, more exaggerates the context.
 */
public record GuidedDenoiser(Denoiser conditional, Denoiser unconditional, float scale) implements Denoiser {

    @Override
    public float[] noise(float[] x, int t) {
        float[] without = unconditional.noise(x, t);
        float[] with = conditional.noise(x, t);
        for (int i = 0; i < with.length; i++) {
            with[i] = (1 - scale) * without[i] + scale * with[i];
        }
        return with;
    }
}
