package org.facemill.diffusion.training;

/**
 * Learning rates by cosine annealing with warm restarts (Loshchilov and Hutter, 2017), as torch's
 * CosineAnnealingWarmRestarts stepped once per training step.
 *
 * @param base rate at each start
 * @param period steps of the first cycle
 * @param factor by which each cycle is longer than the one before
 */
public record WarmRestarts(double base, long period, int factor) {

    public WarmRestarts {
        if (!(base > 0) || period < 1 || factor < 1) {
            throw new IllegalArgumentException("learning rate " + base + ", T_0 " + period + ", T_mult " + factor
                    + ": expected a positive rate and numbers from 1 up");
        }
    }

    /** The rate of a step, counted from 0. */
    public double at(long step) {
        long cycle = period;
        while (step >= cycle) {
            step -= cycle;
            cycle *= factor;
        }
        return base * (1 + StrictMath.cos(Math.PI * step / cycle)) / 2;
    }
}
