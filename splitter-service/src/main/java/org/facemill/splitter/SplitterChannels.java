package org.facemill.splitter;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Aligned blocks come in to be split, requests for datasets to be packed. */
@ApplicationScoped
class SplitterChannels {

    /** Packing takes minutes; it has a thread of its own, so that splitting goes on meanwhile. */
    private static final String PACKING_POOL = "packing";

    private final Stage stage;
    private final CropSplitting splitting;
    private final DatasetPacking packing;

    SplitterChannels(Stage stage, ObjectStore store) {
        this.stage = stage;
        this.splitting = new CropSplitting(store);
        this.packing = new DatasetPacking(store);
    }

    @Incoming("aligned-blocks")
    @Blocking(value = Stage.POOL, ordered = false)
    void split(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, AlignedBlock.class, splitting);
    }

    @Incoming("dataset-requests")
    @Blocking(value = PACKING_POOL, ordered = false)
    void pack(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, DatasetRequest.class, packing);
    }
}
