package org.facemill.diffusion.sampler;

import org.facemill.diffusion.schedule.NoiseSchedule;

/**
 * DPM-Solver++(2M) (Lu et al., 2022, Algorithm 2): a second-order multistep solver of the probability flow ODE in
 * lambda = log(alpha / sigma), for predicted images. Deterministic, one evaluation a step; 15 to 25 steps suffice. The
 * first step has no predecessor and the last ends at sigma = 0: both are of first order. Steps are even in lambda, from
 * T-1 to 0.
 */
public final class DpmSolverPlusPlus2M implements Sampler {
    private final NoiseSchedule schedule;
    private final int[] timesteps;

    /** @param steps evaluations of the network, 1 .. T */
    public DpmSolverPlusPlus2M(NoiseSchedule schedule, int steps) {
        this.schedule = schedule;
        this.timesteps = Timesteps.evenInLambda(schedule, steps);
    }

    @Override
    public float[] sample(Denoiser denoiser, NoiseSource noise, float[] start, StepListener listener) {
        float[] x = start.clone();
        float[] previous = new float[0];
        for (int k = 0; k < timesteps.length; k++) {
            int t = timesteps[k];
            float[] x0 = denoised(x, denoiser.noise(x, t), t);
            if (k + 1 == timesteps.length) {
                x = x0.clone();
            } else {
                double h = lambda(timesteps[k + 1]) - lambda(t);
                double r = k == 0 ? Double.POSITIVE_INFINITY : (lambda(t) - lambda(timesteps[k - 1])) / h;
                step(x, x0, k == 0 ? x0 : previous, t, timesteps[k + 1], h, 1 / (2 * r));
            }
            previous = x0;
            listener.onStep(k + 1, t, x);
        }
        return x;
    }

    /** x_next = (sigma_next / sigma) x - alpha_next (e^-h - 1) D,  D = (1 + 1/2r) x0 - 1/2r x0_previous */
    private void step(float[] x, float[] x0, float[] previous, int t, int next, double h, double halfOverR) {
        float keep = schedule.sqrtOneMinusAlphaBar(next) / schedule.sqrtOneMinusAlphaBar(t);
        float gain = (float) (-schedule.sqrtAlphaBar(next) * StrictMath.expm1(-h));
        float weight = (float) (1 + halfOverR);
        float weightBefore = (float) halfOverR;
        for (int i = 0; i < x.length; i++) {
            x[i] = keep * x[i] + gain * (weight * x0[i] - weightBefore * previous[i]);
        }
    }

    /** The image that x would be without the predicted noise. */
    private float[] denoised(float[] x, float[] eps, int t) {
        float sigma = schedule.sqrtOneMinusAlphaBar(t);
        float alpha = schedule.sqrtAlphaBar(t);
        float[] x0 = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x0[i] = (x[i] - sigma * eps[i]) / alpha;
        }
        return x0;
    }

    private double lambda(int t) {
        return Timesteps.lambda(schedule, t);
    }

    @Override
    public int steps() {
        return timesteps.length;
    }

    @Override
    public double eta() {
        return 0;
    }
}
