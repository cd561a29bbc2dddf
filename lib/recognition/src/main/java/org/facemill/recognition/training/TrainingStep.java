package org.facemill.recognition.training;

import java.time.Duration;

/**
 * How a training stands after a step.
 *
 * @param step            steps done
 * @param steps           steps of all epochs
 * @param epoch           epochs done
 * @param epochEnded      whether this step was the last of its epoch
 * @param loss            mean cross entropy of the step's images
 * @param accuracy        share of them whose class has the largest logit, margin included
 * @param learningRate    of this step
 * @param imagesPerSecond mean since the trainer was opened
 * @param left            expected time to the end
 * @param waiting         share of the time that the network waited for images
 */
public record TrainingStep(
        long step,
        long steps,
        int epoch,
        boolean epochEnded,
        float loss,
        float accuracy,
        double learningRate,
        double imagesPerSecond,
        Duration left,
        double waiting) {}
