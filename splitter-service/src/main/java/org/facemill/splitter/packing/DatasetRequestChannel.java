package org.facemill.splitter.packing;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Requests for datasets come in; {@link DatasetPacking} is what happens to each. */
@ApplicationScoped
class DatasetRequestChannel {

    /** Packing takes minutes; it has a thread of its own, so that splitting goes on meanwhile. */
    private static final String POOL = "packing";

    private final Stage stage;
    private final DatasetPacking packing;

    DatasetRequestChannel(Stage stage, ObjectStore store) {
        this.stage = stage;
        this.packing = new DatasetPacking(store);
    }

    @Incoming("dataset-requests")
    @Blocking(value = POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, DatasetRequest.class, packing);
    }
}
