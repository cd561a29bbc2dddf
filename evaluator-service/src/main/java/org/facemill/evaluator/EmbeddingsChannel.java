package org.facemill.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.platform.messaging.RecordDecoder;
import org.jboss.logging.Logger;

/** Embeddings of all runs come in, from the beginning after every start; {@link LiveEvaluation} takes note of them. */
@ApplicationScoped
class EmbeddingsChannel {

    private static final Logger LOG = Logger.getLogger(EmbeddingsChannel.class);

    private final LiveEvaluation live;

    EmbeddingsChannel(LiveEvaluation live) {
        this.live = live;
    }

    @Incoming("embeddings")
    void consume(ConsumerRecord<String, byte[]> record) {
        try {
            live.announced(RecordDecoder.decode(record, IdentityEmbeddings.class));
        } catch (InvalidEventException e) {
            LOG.warnf(
                    "%s: record at %d/%d is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
