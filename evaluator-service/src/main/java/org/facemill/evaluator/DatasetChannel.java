package org.facemill.evaluator;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Sealed datasets come in; {@link DatasetEvaluation} is what happens to each. */
@ApplicationScoped
class DatasetChannel {

    private final Stage stage;
    private final DatasetEvaluation evaluation;

    DatasetChannel(Stage stage, ObjectStore store, Recognisers recognisers) {
        this.stage = stage;
        this.evaluation = new DatasetEvaluation(store, new CropEncoding(store, recognisers));
    }

    @Incoming("dataset-sealed")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, DatasetSealed.class, evaluation);
    }
}
