package org.facemill.diffusion.sampler;

import org.facemill.diffusion.schedule.NoiseSchedule;

/** Which of the schedule's steps a sampler with fewer steps evaluates. */
final class Timesteps {

    private Timesteps() {}

    /**
     * Evenly spaced, from T-1, where x_T is pure noise, downwards ("trailing" in Lin et al., 2024): T=1000 in 4 steps is
     * 999, 749, 499, 249.
     */
    static int[] trailing(NoiseSchedule schedule, int steps) {
        require(schedule, steps);
        int[] timesteps = new int[steps];
        for (int k = 0; k < steps; k++) {
            timesteps[k] = (int) Math.round(schedule.steps() * (1 - (double) k / steps)) - 1;
        }
        return timesteps;
    }

    /**
     * From T-1 down to 0, evenly spaced in lambda = log(sqrt(alphaBar) / sqrt(1 - alphaBar)) as far as whole steps allow.
     */
    static int[] evenInLambda(NoiseSchedule schedule, int steps) {
        require(schedule, steps);
        int[] timesteps = new int[steps];
        double first = lambda(schedule, schedule.steps() - 1);
        double last = lambda(schedule, 0);
        int t = schedule.steps() - 1;
        for (int k = 0; k < steps; k++) {
            double target = k == 0 ? first : first + (last - first) * k / (steps - 1);
            while (t > 0 && Math.abs(lambda(schedule, t - 1) - target) < Math.abs(lambda(schedule, t) - target)) {
                t--;
            }
            // every step is taken once, and enough are left for the rest
            timesteps[k] = Math.max(k == 0 ? t : Math.min(t, timesteps[k - 1] - 1), steps - 1 - k);
        }
        return timesteps;
    }

    /** Half the logarithm of the signal-to-noise ratio. */
    static double lambda(NoiseSchedule schedule, int t) {
        double alphaBar = schedule.alphaBar(t);
        return 0.5 * StrictMath.log(alphaBar / (1 - alphaBar));
    }

    private static void require(NoiseSchedule schedule, int steps) {
        requireUsable(schedule);
        if (steps < 1 || steps > schedule.steps()) {
            throw new IllegalArgumentException("steps=" + steps + ": the model was trained on " + schedule.steps()
                    + " steps; expected 1 to " + schedule.steps());
        }
    }

    static void requireUsable(NoiseSchedule schedule) {
        if (!schedule.isFinite()) {
            throw new IllegalArgumentException(
                    "the noise schedule of " + schedule.steps() + " steps leaves nothing of the image"
                            + " (beta reaches 1): take more steps, or a cosine schedule");
        }
    }
}
