package org.facemill.splitter.splitting;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Aligned blocks come in; {@link CropSplitting} is what happens to each. */
@ApplicationScoped
class AlignedBlockChannel {

    private final Stage stage;
    private final CropSplitting splitting;

    AlignedBlockChannel(Stage stage, ObjectStore store, RunRegistry runs) {
        this.stage = stage;
        this.splitting = new CropSplitting(store, runs);
    }

    @Incoming("aligned-blocks")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, AlignedBlock.class, splitting);
    }
}
