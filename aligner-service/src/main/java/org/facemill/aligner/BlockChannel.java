package org.facemill.aligner;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.RawBlock;
import org.facemill.detection.BlockAligner;
import org.facemill.detection.Mtcnn;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Raw blocks come in; {@link BlockAlignment} is what happens to each. */
@ApplicationScoped
class BlockChannel {

    private final Stage stage;
    private final Mtcnn detector = new Mtcnn();
    private final BlockAlignment alignment;

    BlockChannel(Stage stage, ObjectStore store, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.stage = stage;
        this.alignment = new BlockAlignment(
                store, new BlockAligner(detector), new Implementation("mtcnn", version, Mtcnn.weightsSha256()));
    }

    @Incoming("raw-blocks")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, RawBlock.class, alignment);
    }

    @PreDestroy
    void close() {
        detector.close();
    }
}
