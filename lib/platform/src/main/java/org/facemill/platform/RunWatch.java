package org.facemill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.contracts.event.RunEvent;
import org.jboss.logging.Logger;

/** Knows which runs are over. Reads the compacted topic of runs from its beginning, without a group, in every process. */
@ApplicationScoped
public class RunWatch {

    private static final Logger LOG = Logger.getLogger(RunWatch.class);

    private final Set<String> over = ConcurrentHashMap.newKeySet();

    /** Whether a run is completed, failed or cancelled: what is left of its work is dropped. */
    public boolean over(String run) {
        return over.contains(run);
    }

    @Incoming("facemill-runs")
    void onRun(ConsumerRecord<String, byte[]> record) {
        try {
            RunEvent event = Records.decode(record, RunEvent.class);
            if (event.state().terminal()) {
                over.add(event.run());
            }
        } catch (InvalidEventException e) {
            LOG.warnf(
                    "%s: record at %d/%d is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
