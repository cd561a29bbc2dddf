package org.facemill.recognition.training;

import java.util.List;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registrations;
import org.facemill.contracts.registry.Registry;

/** The learning rate schedules that recipes can choose. Parameters that a recipe leaves out are as here. */
public final class RateSchedules implements Registrations {

    public static final Registry<RateSchedule> REGISTRY = new Registry<>(Kind.RATE_SCHEDULE, RateSchedule.class);

    @Override
    public List<RateSchedule> registered() {
        // ADMIS' and IDiff-Face's
        return List.of(new StepSchedule(0.1, 0.1, List.of(22, 28, 32), 0), new PlateauSchedule(0.05, 0.1, 4, 6));
    }
}
