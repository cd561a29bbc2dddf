package org.facemill.diffusion.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * How much noise each of the steps t = 0 .. T-1 carries (Ho et al., 2020): beta_t, alpha_t = 1 - beta_t and
 * alphaBar_t = prod alpha_s, s &lt;= t. Step 0 is noised already: alphaBar_0 = 1 - beta_0. All numbers are float32, computed
 * as IDiff-Face does (diffusion/ddpm.py: alphaBar is the exponential of a sum of logarithms).
 */
public final class NoiseSchedule {
    private final float[] betas;
    private final float[] alphaBars;

    private NoiseSchedule(float[] betas) {
        this.betas = betas;
        this.alphaBars = new float[betas.length];
        double sum = 0;
        for (int t = 0; t < betas.length; t++) {
            sum += (float) StrictMath.log(1 - betas[t]);
            alphaBars[t] = (float) StrictMath.exp((float) sum);
        }
    }

    /** A schedule by its betas, such as a checkpoint holds them under {@code betas}. */
    public static NoiseSchedule ofBetas(float[] betas) {
        return new NoiseSchedule(betas.clone());
    }

    /** beta rises linearly from 0.1/T to 20/T (0.0001 to 0.02 at T = 1000). Reaches 1 and is useless for T of 20 or less. */
    public static NoiseSchedule linear(int steps) {
        float first = (float) (1000.0 / steps * 0.0001);
        float last = (float) (1000.0 / steps * 0.02);
        float[] betas = new float[steps];
        float step = (last - first) / (steps - 1);
        for (int t = 0; t < steps; t++) { // from both ends towards the middle, rounded once, as torch.linspace
            betas[t] = t < steps / 2 ? Math.fma(step, t, first) : Math.fma(-step, steps - 1 - t, last);
        }
        return new NoiseSchedule(betas);
    }

    /**
     * alphaBar falls as a squared cosine (Nichol and Dhariwal, 2021), beta clipped.
     *
     * @param betaMax largest beta; IDiff-Face's configurations say 0.1, the paper 0.999
     */
    public static NoiseSchedule cosine(int steps, double betaMax) {
        return warpedCosine(steps, 1, 0, betaMax);
    }

    /** The cosine schedule with its time stretched by (1 + 0.008)^-k instead of (1 + 0.008)^-1, beta clipped on both sides. */
    public static NoiseSchedule warpedCosine(int steps, double k, double betaMin, double betaMax) {
        double s = 0.008;
        DoubleUnaryOperator alphaBar = time -> {
            double cosine = StrictMath.cos(Math.PI / 2 * (time + s) / StrictMath.pow(1 + s, k));
            return cosine * cosine;
        };
        float[] betas = new float[steps];
        for (int t = 0; t < steps; t++) {
            double now = alphaBar.applyAsDouble((double) t / steps);
            double next = alphaBar.applyAsDouble((t + 1.0) / steps);
            betas[t] = (float) Math.min(Math.max(1 - next / now, betaMin), betaMax);
        }
        return new NoiseSchedule(betas);
    }

    /** T, the number of steps that the network was trained on. */
    public int steps() {
        return betas.length;
    }

    public float beta(int t) {
        return betas[t];
    }

    /** The share of variance at step t that is still the image; 1 before the first step, t = -1. */
    public float alphaBar(int t) {
        return t < 0 ? 1 : alphaBars[t];
    }

    /** Whether sampling with it stays finite: every alphaBar is above 0. */
    public boolean isFinite() {
        return IntStream.range(0, steps()).allMatch(t -> alphaBars[t] > 0 && betas[t] < 1);
    }

    /** sqrt(beta_t): the ancestral sampler's noise. */
    public float sigma(int t) {
        return (float) Math.sqrt(betas[t]);
    }

    /** 1 / sqrt(alpha_t). */
    public float sqrtAlphaInverse(int t) {
        return 1 / (float) Math.sqrt(1 - betas[t]);
    }

    /** sqrt(alphaBar_t): the weight of the image in x_t. */
    public float sqrtAlphaBar(int t) {
        return (float) Math.sqrt(alphaBar(t));
    }

    /** sqrt(1 - alphaBar_t): the weight of the noise in x_t. */
    public float sqrtOneMinusAlphaBar(int t) {
        return (float) Math.sqrt(1 - alphaBar(t));
    }

    /** (1 - alpha_t) / sqrt(1 - alphaBar_t): the weight of predicted noise in an ancestral step. */
    public float ancestralNoiseWeight(int t) {
        return (1 - (1 - betas[t])) / sqrtOneMinusAlphaBar(t);
    }

    /** The eight buffers that the original keeps in its checkpoints before the network, by name and in order. */
    public Map<String, float[]> buffers() {
        Map<String, float[]> buffers = new LinkedHashMap<>();
        buffers.put("betas", betas.clone());
        buffers.put("alphas", each(t -> 1 - betas[t]));
        buffers.put("sigmas", each(this::sigma));
        buffers.put("sqrt_alphas_inv", each(this::sqrtAlphaInverse));
        buffers.put("alpha_bars", alphaBars.clone());
        buffers.put("sqrt_alpha_bars", each(this::sqrtAlphaBar));
        buffers.put("sqrt_one_minus_alpha_bars", each(this::sqrtOneMinusAlphaBar));
        buffers.put("one_minus_alphas_over_sqrt_one_minus_alpha_bars", each(this::ancestralNoiseWeight));
        return buffers;
    }

    private interface OfStep {
        float at(int t);
    }

    private float[] each(OfStep value) {
        float[] values = new float[steps()];
        for (int t = 0; t < values.length; t++) {
            values[t] = value.at(t);
        }
        return values;
    }
}
