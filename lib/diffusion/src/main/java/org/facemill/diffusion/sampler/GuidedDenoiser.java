package org.facemill.diffusion.sampler;

/**
 * Classifier-free guidance (Ho and Salimans, 2022) as IDiff-Face writes it: (1 - s) eps(x) + s eps(x, c). A scale s of 1 is
 * purely conditional, 0 unconditional, more exaggerates the context.
 *
 * @param from steps t below this one are purely conditional
 * @param to   so are steps t from this one on: where noise hides nearly everything, a large scale pulls samples out of the
 *     distribution (Kynkäänniemi et al., 2024)
 */
public record GuidedDenoiser(Denoiser conditional, Denoiser unconditional, float scale, int from, int to)
        implements Denoiser {

    @Override
    public float[] noise(float[] x, int t) {
        float[] with = conditional.noise(x, t);
        if (t < from || t >= to) {
            return with;
        }
        float[] without = unconditional.noise(x, t);
        for (int i = 0; i < with.length; i++) {
            with[i] = (1 - scale) * without[i] + scale * with[i];
        }
        return with;
    }
}
