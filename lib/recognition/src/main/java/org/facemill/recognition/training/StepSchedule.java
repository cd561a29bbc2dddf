package org.facemill.recognition.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.util.List;

/**
 * The base rate, multiplied by {@code factor} at each milestone.
 *
 * @param milestones epochs, counted from 0, that are the first with the next lower rate (ADMIS: 22, 28, 32;
 *                   IDiff-Face's 22, 30, 35 count from 1: 21, 29, 34)
 * @param warmUp     epochs of quadratic warm-up before: {@code ((epoch + 1) / (warmUp + 1))^2}; 0 for none
 */
public record StepSchedule(
        @DecimalMin("0") @JsonPropertyDescription("learning rate at the start")
        double base,

        @DecimalMin("0") @JsonPropertyDescription("of the rate, at each milestone")
        double factor,

        @Min(1) @JsonPropertyDescription("epochs, counted from 0, that are the first with the next lower rate")
        List<Integer> milestones,

        @Min(0) @JsonPropertyDescription("epochs of quadratic warm-up; 0 for none")
        int warmUp)
        implements RateSchedule {

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public String description() {
        return "The rate falls by a factor at each milestone";
    }

    public StepSchedule {
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
