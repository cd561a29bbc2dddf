package org.facemill.recognition.training;

import java.util.List;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registered;

/**
 * Learning rate by epoch, as a pure function of the mean benchmark accuracies of the epochs done: what is needed to resume
 * is that list and nothing else. A new one is a record with its parameters for components, and a line in
 * {@link RateSchedules}.
 */
public interface RateSchedule extends Registered {

    @Override
    default Kind kind() {
        return Kind.RATE_SCHEDULE;
    }

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
}
