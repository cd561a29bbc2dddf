package org.facemill.frtrainer;

import java.time.Duration;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrProgress;
import org.facemill.recognition.training.TrainingStep;

/** Gathers a training's steps into progress events. */
final class ProgressMeter {

    private final DatasetSealed sealed;
    private final String model;
    private TrainingStep last;
    private double lossSum;
    private int steps;
    private double epochLossSum;
    private int epochSteps;
    private double lastEpochLoss;
    private long reported = System.nanoTime();

    /** @param model name of the recogniser that comes out */
    ProgressMeter(DatasetSealed sealed, String model) {
        this.sealed = sealed;
        this.model = model;
    }

    void add(TrainingStep step) {
        last = step;
        lossSum += step.loss();
        steps++;
        epochLossSum += step.loss();
        epochSteps++;
        if (step.epochEnded()) {
            lastEpochLoss = epochLossSum / epochSteps;
            epochLossSum = 0;
            epochSteps = 0;
        }
    }

    /** Time since the last report. */
    Duration since() {
        return Duration.ofNanos(System.nanoTime() - reported);
    }

    /** The event that reports the steps since the last one. */
    FrProgress report() {
        FrProgress progress = new FrProgress(
                sealed.run(),
                sealed.version(),
                model,
                last.epoch(),
                last.step(),
                last.steps(),
                lossSum / steps,
                last.learningRate(),
                last.imagesPerSecond(),
                last.waiting(),
                last.left().toMillis() / 1e3);
        lossSum = 0;
        steps = 0;
        reported = System.nanoTime();
        return progress;
    }

    /** Mean loss of the epoch that ended last; of its part since a resume, where there was one. */
    double lastEpochLoss() {
        return lastEpochLoss;
    }
}
