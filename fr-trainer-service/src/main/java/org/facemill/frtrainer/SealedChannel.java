package org.facemill.frtrainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.platform.job.JobLoop;
import org.facemill.platform.job.Jobs;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Sealed datasets come in and are stored as jobs; {@link DatasetTraining} is what happens to each. */
@ApplicationScoped
class SealedChannel {

    private final Stage stage;
    private final Publisher publisher;
    private final MeterRegistry metrics;
    private final JobLoop<DatasetSealed, FrModel> jobs;

    SealedChannel(
            Stage stage,
            Jobs jobs,
            ObjectStore store,
            Publisher publisher,
            MeterRegistry metrics,
            @ConfigProperty(name = "facemill.fr-trainer.checkpoint-every") Duration checkpointEvery) {
        this.stage = stage;
        this.publisher = publisher;
        this.metrics = metrics;
        this.jobs = jobs.loop(DatasetTraining.KIND, new DatasetTraining(store, checkpointEvery, this::tell));
    }

    void start(@Observes StartupEvent started) {
        jobs.start();
    }

    @Incoming("dataset-sealed")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handleShared(
                record,
                DatasetSealed.class,
                (dataset, extensions, heartbeat) ->
                        dataset.training().enabled() ? jobs.apply(dataset, extensions, heartbeat) : List.of());
    }

    private void tell(FrProgress progress) {
        metrics.summary("facemill.fr.images.per.second").record(progress.imagesPerSecond());
        metrics.summary("facemill.fr.waiting").record(progress.waiting());
        publisher.publish(List.of(new Announcement(Topics.FR_PROGRESS, progress)));
    }
}
