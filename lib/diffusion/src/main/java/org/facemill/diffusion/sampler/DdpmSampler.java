package org.facemill.diffusion.sampler;

import org.facemill.diffusion.schedule.NoiseSchedule;

/**
 * Ancestral sampling (Ho et al., 2020, Algorithm 2) over all T steps, as IDiff-Face does it: the variance is beta_t, x_0 is not
 * clipped, and no noise is added at t = 1 and t = 0 (the paper's: t = 0 alone).
 */
public record DdpmSampler(NoiseSchedule schedule) implements Sampler {

    public DdpmSampler {
        Timesteps.requireUsable(schedule);
    }

    @Override
    public float[] sample(Denoiser denoiser, NoiseSource noise, float[] start, StepListener listener) {
        float[] x = start.clone();
        float[] z = new float[x.length];
        for (int t = schedule.steps() - 1; t >= 0; t--) {
            int step = schedule.steps() - 1 - t;
            float[] eps = denoiser.noise(x, t);
            float scale = schedule.sqrtAlphaInverse(t);
            float weight = schedule.ancestralNoiseWeight(t);
            float sigma = schedule.sigma(t);
            if (t > 1) {
                noise.draw(step, z);
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = scale * (x[i] - eps[i] * weight) + (t > 1 ? sigma * z[i] : 0);
            }
            listener.onStep(step + 1, t, x);
        }
        return x;
    }

    @Override
    public int steps() {
        return schedule.steps();
    }

    @Override
    public double eta() {
        return 1;
    }
}
