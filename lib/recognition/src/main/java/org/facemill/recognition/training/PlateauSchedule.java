package org.facemill.recognition.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.util.List;

/**
 * The base rate, multiplied by {@code factor} whenever more than {@code patience} epochs in a row brought no accuracy
 * better than the best by a relative 1e-4 (torch's ReduceLROnPlateau, mode max); the end when {@code stopAfter} epochs
 * in a row brought none above the best at all (IDiff-Face's train.py). IDiff-Face: factor 0.1, patience 4, stop after 6.
 */
public record PlateauSchedule(
        @DecimalMin("0") @JsonPropertyDescription("learning rate at the start")
        double base,

        @DecimalMin("0") @JsonPropertyDescription("of the rate, at each plateau")
        double factor,

        @Min(0) @JsonPropertyDescription("epochs without a better accuracy that are put up with")
        int patience,

        @Min(1) @JsonPropertyDescription("epochs without a better accuracy that end the training")
        int stopAfter)
        implements RateSchedule {

    @Override
    public String name() {
        return "plateau";
    }

    @Override
    public String description() {
        return "The rate falls by a factor where the accuracy stays, and training ends where it stays on";
    }

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
