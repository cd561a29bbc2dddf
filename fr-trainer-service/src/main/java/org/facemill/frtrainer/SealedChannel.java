package org.facemill.frtrainer;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.platform.ObjectStore;
import org.facemill.platform.Stage;

/** Sealed datasets come in; {@link JobIntake} is what happens to each. */
@ApplicationScoped
class SealedChannel {

    private final Stage stage;
    private final JobIntake intake;

    SealedChannel(Stage stage, JobLoop jobs, ObjectStore store) {
        this.stage = stage;
        this.intake = new JobIntake(store, jobs::wake);
    }

    @Incoming("dataset-sealed")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, DatasetSealed.class, intake);
    }
}
