package org.facemill.recognition.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Learning rate by epoch, as a pure function of the mean benchmark accuracies of the epochs done: what is needed to resume
 * is that list and nothing else.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Schedule.Steps.class, name = "steps"),
    @JsonSubTypes.Type(value = Schedule.Plateau.class, name = "plateau")
})
public sealed interface Schedule {

    /**
     * Learning rate of the epoch that follows.
     *
     * @param accuracies mean benchmark accuracy (0 to 1) after each epoch done, oldest first; its size is the number of the
     *                   epoch that follows, counted from 0
     */
    double rate(List<Double> accuracies);

    /** Whether training should end early, after these epochs. */
    default boolean finished(List<Double> accuracies) {
        return false;
    }

    /**
     * The base rate, multiplied by {@code factor} at each milestone.
     *
     * @param milestones epochs, counted from 0, that are the first with the next lower rate (ADMIS: 22, 28, 32;
     *                   IDiff-Face's 22, 30, 35 count from 1: 21, 29, 34)
     * @param warmUp     epochs of quadratic warm-up before: {@code ((epoch + 1) / (warmUp + 1))^2}; 0 for none
     */
    record Steps(double base, double factor, List<Integer> milestones, int warmUp) implements Schedule {

        public Steps {
            milestones = List.copyOf(milestones);
        }

        @Override
        public double rate(List<Double> accuracies) {
            int epoch = accuracies.size();
            if (epoch < warmUp) {
                double share = (epoch + 1.0) / (warmUp + 1.0);
                return base * share * share;
            }
            long passed =
                    milestones.stream().filter(milestone -> milestone <= epoch).count();
            return base * Math.pow(factor, passed);
        }
    }

    /**
     * The base rate, multiplied by {@code factor} whenever more than {@code patience} epochs in a row brought no accuracy
     * better than the best by a relative 1e-4 (torch's ReduceLROnPlateau, mode max); the end when {@code stopAfter} epochs
     * in a row brought none above the best at all (IDiff-Face's train.py). IDiff-Face: factor 0.1, patience 4, stop after 6.
     */
    record Plateau(double base, double factor, int patience, int stopAfter) implements Schedule {

        private static final double RATE_THRESHOLD = 1e-4;

        @Override
        public double rate(List<Double> accuracies) {
            double rate = base;
            double best = Double.NEGATIVE_INFINITY;
            int bad = 0;
            for (double accuracy : accuracies) {
                if (accuracy > best * (1 + RATE_THRESHOLD)) {
                    best = accuracy;
                    bad = 0;
                } else if (++bad > patience) {
                    rate *= factor;
                    bad = 0;
                }
            }
            return rate;
        }

        @Override
        public boolean finished(List<Double> accuracies) {
            double best = Double.NEGATIVE_INFINITY;
            int bad = 0;
            for (double accuracy : accuracies) {
                bad = accuracy > best ? 0 : bad + 1;
                best = Math.max(best, accuracy);
            }
            return bad >= stopAfter;
        }
    }
}
