package org.facemill.evaluator;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.messaging.TopicReaders;
import org.jboss.logging.Logger;

/** Reads the embeddings of all runs, from the beginning after every start; {@link LiveEvaluation} takes note of them. */
@ApplicationScoped
class EmbeddingsReader {

    private static final Logger LOG = Logger.getLogger(EmbeddingsReader.class);

    private final TopicReaders readers;
    private final RunRegistry runs;
    private final LiveEvaluation live;

    EmbeddingsReader(TopicReaders readers, RunRegistry runs, LiveEvaluation live) {
        this.readers = readers;
        this.runs = runs;
        this.live = live;
    }

    void start(@Observes StartupEvent start) {
        readers.read(Topics.EMBEDDINGS, this::take);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            IdentityEmbeddings event = RecordDecoder.decode(record, IdentityEmbeddings.class);
            if (runs.find(event.run()).isPresent()) {
                live.announced(event);
            }
        } catch (InvalidEventException e) {
            LOG.warnf(
                    "%s: record at %d/%d is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
