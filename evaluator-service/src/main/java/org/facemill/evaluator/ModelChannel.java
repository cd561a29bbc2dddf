package org.facemill.evaluator;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.FrModel;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Trained recognisers come in; {@link RecogniserEvaluation} is what happens to each. */
@ApplicationScoped
class ModelChannel {

    private final Stage stage;
    private final RecogniserEvaluation evaluation;

    ModelChannel(Stage stage, ObjectStore store) {
        this.stage = stage;
        this.evaluation = new RecogniserEvaluation(store);
    }

    @Incoming("fr-models")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, FrModel.class, evaluation);
    }
}
