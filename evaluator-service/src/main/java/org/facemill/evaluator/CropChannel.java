package org.facemill.evaluator;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.Crops;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Crops come in; {@link CropEncoding} is what happens to each. */
@ApplicationScoped
class CropChannel {

    private final Stage stage;
    private final CropEncoding encoding;

    CropChannel(Stage stage, ObjectStore store, Recognisers recognisers) {
        this.stage = stage;
        this.encoding = new CropEncoding(store, recognisers);
    }

    @Incoming("crops")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, Crops.class, encoding);
    }
}
