package org.facemill.diffusion.sampler;

import org.facemill.diffusion.schedule.NoiseSchedule;

/**
 * DDIM run backwards: from an image to the noise that {@link DdimSampler} without eta turns into it, up to the error of
 * taking the network's prediction from the cleaner end of each step (Song et al., 2021, section 4.3).
 */
public record DdimInversion(NoiseSchedule schedule, int steps, DdimSampler.Variant variant) {

    public DdimInversion {
        Timesteps.trailing(schedule, steps);
    }

    /**
     * The noise x_T of latents.
     *
     * @param denoiser evaluated once a step
     * @param image    x_0, unchanged
     */
    public float[] invert(Denoiser denoiser, float[] image, StepListener listener) {
        return switch (variant) {
            case PAPER -> alongTrailingSteps(denoiser, image.clone(), listener);
            case ADMIS -> asAdmis(denoiser, image.clone(), listener);
        };
    }

    private float[] alongTrailingSteps(Denoiser denoiser, float[] x, StepListener listener) {
        int[] timesteps = Timesteps.trailing(schedule, steps);
        int from = -1;
        for (int k = 0; k < steps; k++) {
            int to = timesteps[steps - 1 - k];
            int t = Math.max(from, 0);
            DdimSampler.move(x, denoiser.noise(x, t), schedule.alphaBar(from), schedule.alphaBar(to), 0);
            listener.onStep(k + 1, t, x);
            from = to;
        }
        return x;
    }

    /** Every T/steps-th step, taking the image for noised to t = 0 already; the last goes to pure predicted noise. */
    private float[] asAdmis(Denoiser denoiser, float[] x, StepListener listener) {
        int skip = schedule.steps() / steps;
        int done = 0;
        for (int t = 0; t < schedule.steps(); t += skip) {
            int to = t + skip;
            float next = to < schedule.steps() ? schedule.alphaBar(to) : 0;
            DdimSampler.move(x, denoiser.noise(x, t), schedule.alphaBar(t), next, 0);
            listener.onStep(++done, t, x);
        }
        return x;
    }
}
