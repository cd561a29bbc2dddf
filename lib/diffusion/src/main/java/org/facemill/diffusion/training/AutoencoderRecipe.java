package org.facemill.diffusion.training;

import java.util.List;
import org.facemill.tensor.DType;

/**
 * How an autoencoder is trained.
 *
 * @param loss what is made small
 * @param phases one after the other
 * @param precision what the networks compute in
 * @param seed of weights, order, crops and noise
 */
public record AutoencoderRecipe(AutoencoderLoss loss, List<Phase> phases, DType precision, long seed) {

    private static final int WARM_UP = 100;

    /**
     * Steps of one kind.
     *
     * @param steps how many
     * @param batch pictures per step
     * @param crop edge of the square that is cut from each, at a random place; small crops learn fast
     * @param firstRate learning rate at the phase's start
     * @param lastRate learning rate at its end; in between it falls by the same factor each step
     */
    public record Phase(long steps, int batch, int crop, double firstRate, double lastRate) {

        public Phase {
            if (steps < 1 || batch < 1 || crop < 1 || !(firstRate > 0) || !(lastRate > 0)) {
                throw new IllegalArgumentException("a phase of " + steps + " steps, batch " + batch + ", crop " + crop
                        + ", rates " + firstRate + " to " + lastRate + ": expected positive numbers");
            }
        }

        double rate(long step) {
            return firstRate * StrictMath.pow(lastRate / firstRate, (double) step / steps);
        }
    }

    public AutoencoderRecipe {
        phases = List.copyOf(phases);
    }

    /** Steps of all phases. */
    public long steps() {
        return phases.stream().mapToLong(Phase::steps).sum();
    }

    /** The phase of a step, counted from 0. */
    Phase phase(long step) {
        return phases.get(index(step));
    }

    /** The learning rate of a step: that of its phase, rising from 0 over the first hundred. */
    double rate(long step) {
        int index = index(step);
        long before = phases.subList(0, index).stream().mapToLong(Phase::steps).sum();
        return phases.get(index).rate(step - before) * Math.min(1, (step + 1.0) / WARM_UP);
    }

    private int index(long step) {
        long end = 0;
        for (int i = 0; i < phases.size(); i++) {
            end += phases.get(i).steps();
            if (step < end) {
                return i;
            }
        }
        throw new IllegalArgumentException("step " + step + " of " + steps());
    }
}
