package org.facemill.frtrainer;

import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.platform.Announcement;
import org.facemill.platform.ObjectStore;
import org.facemill.platform.Progress;
import org.facemill.platform.Work;

/** Stores what a sealed dataset asks for as a job. A recogniser that is there already is announced again, not trained again. */
final class JobIntake implements Work<DatasetSealed> {

    private final ObjectStore store;
    private final Runnable wake;

    JobIntake(ObjectStore store, Runnable wake) {
        this.store = store;
        this.wake = wake;
    }

    @Override
    public List<Announcement> apply(DatasetSealed sealed, Progress progress) {
        if (!sealed.training().enabled()) {
            return List.of();
        }
        TrainingJob job = new TrainingJob(sealed.run(), sealed.version());
        Optional<FrModel> result = job.result(store);
        if (result.isPresent()) {
            return List.of(new Announcement(Topics.FR_MODELS, result.get()));
        }
        job.store(store, sealed);
        wake.run();
        return List.of();
    }
}
