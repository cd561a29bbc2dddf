package org.facemill.paintersampler;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Identity contexts come in; {@link BlockPainting} is what happens to each. */
@ApplicationScoped
class ContextChannel {

    private final Stage stage;
    private final BlockPainting painting;

    ContextChannel(
            Stage stage, ObjectStore store, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.stage = stage;
        this.painting = new BlockPainting(store, version);
    }

    @Incoming("identity-contexts")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, IdentityContext.class, painting);
    }
}
