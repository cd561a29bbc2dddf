package org.facemill.diffusion.sampler;

import java.util.stream.IntStream;
import org.facemill.diffusion.schedule.NoiseSchedule;

/** Denoising diffusion implicit models (Song et al., 2021, equation 12) on a subset of the schedule's steps. */
public final class DdimSampler implements Sampler {

    /** Which steps are taken and how far each goes. */
    public enum Variant {
        /** As many steps as asked for, from T-1; each goes to the step after it, the last to x_0. */
        PAPER,
        /**
         * As ADMIS published it (models/diffusion/ddpm.py): every T/steps-th step (31 for 30 of 1000) from T - T/steps down
         * to 0, and each goes one step of the schedule further than the next evaluation assumes. So x_0 is reached one
         * step early, and the network runs once more on it.
         */
        ADMIS
    }

    private final NoiseSchedule schedule;
    private final Variant variant;
    private final double eta;
    private final int[] timesteps;

    /**
     * @param steps evaluations of the network, 1 .. T
     * @param eta   0 is deterministic, 1 adds as much noise as the ancestral sampler
     */
    public DdimSampler(NoiseSchedule schedule, int steps, double eta, Variant variant) {
        this.schedule = schedule;
        this.variant = variant;
        this.eta = eta;
        int[] trailing = Timesteps.trailing(schedule, steps);
        this.timesteps = switch (variant) {
            case PAPER -> trailing;
            case ADMIS -> everyNth(schedule.steps(), schedule.steps() / steps);
        };
    }

    private static int[] everyNth(int total, int skip) {
        int evaluations = (total + skip - 1) / skip;
        return IntStream.range(0, evaluations)
                .map(k -> (evaluations - 1 - k) * skip)
                .toArray();
    }

    @Override
    public float[] sample(Denoiser denoiser, NoiseSource noise, float[] start, StepListener listener) {
        float[] x = start.clone();
        float[] z = new float[x.length];
        for (int k = 0; k < timesteps.length; k++) {
            int t = timesteps[k];
            float now = schedule.alphaBar(t);
            float next = alphaBarAfter(k);
            float sigma = (float) (eta * Math.sqrt((1 - next) / (1 - now) * (1 - now / next)));
            float[] eps = denoiser.noise(x, t);
            move(x, eps, now, next, sigma);
            if (sigma > 0) {
                noise.draw(k, z);
                for (int i = 0; i < x.length; i++) {
                    x[i] += sigma * z[i];
                }
            }
            listener.onStep(k + 1, t, x);
        }
        return x;
    }

    /** Equation 12 without its random part: x from alphaBar {@code now} to {@code next} along the predicted noise. */
    static void move(float[] x, float[] eps, float now, float next, float sigma) {
        float noiseNow = (float) Math.sqrt(1 - now);
        float imageNow = (float) Math.sqrt(now);
        float imageNext = (float) Math.sqrt(next);
        float direction = (float) Math.sqrt(1 - next - sigma * sigma);
        for (int i = 0; i < x.length; i++) {
            float x0 = (x[i] - noiseNow * eps[i]) / imageNow;
            x[i] = imageNext * x0 + direction * eps[i];
        }
    }

    /** alphaBar of what step k yields; 1 is a clean image. */
    private float alphaBarAfter(int k) {
        int next = k + 1 < timesteps.length ? timesteps[k + 1] : -1;
        return switch (variant) {
            case PAPER -> schedule.alphaBar(next);
            case ADMIS -> schedule.alphaBar(next - 1);
        };
    }

    @Override
    public int steps() {
        return timesteps.length;
    }

    @Override
    public double eta() {
        return eta;
    }
}
