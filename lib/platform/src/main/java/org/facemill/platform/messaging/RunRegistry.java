package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.contracts.event.RunEvent;
import org.jboss.logging.Logger;

/** Registry of runs: reads the compacted topic of runs from its beginning, without a consumer group, in every process. */
@ApplicationScoped
public class RunRegistry {

    private static final Logger LOG = Logger.getLogger(RunRegistry.class);

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    /** Whether a run is completed, failed or cancelled: what is left of its work is dropped. */
    public boolean ended(String run) {
        return ended.contains(run);
    }

    @Incoming("facemill-runs")
    void onRun(ConsumerRecord<String, byte[]> record) {
        try {
            RunEvent event = RecordDecoder.decode(record, RunEvent.class);
            if (event.state().terminal()) {
                ended.add(event.run());
            }
        } catch (InvalidEventException e) {
            LOG.warnf(
                    "%s: record at %d/%d is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
