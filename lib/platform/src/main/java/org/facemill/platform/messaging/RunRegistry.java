package org.facemill.platform.messaging;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.contracts.event.RunEvent;
import org.facemill.platform.health.Retrier;
import org.jboss.logging.Logger;

/** Registry of runs: every process reads the compacted topic of runs whole. */
@ApplicationScoped
public class RunRegistry {

    private static final Logger LOG = Logger.getLogger(RunRegistry.class);
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(15);

    private final TopicReaders readers;
    private final Retrier retrier;
    private final Map<String, RunEvent> runs = new ConcurrentHashMap<>();
    private TopicReader reader;

    RunRegistry(TopicReaders readers, Retrier retrier) {
        this.readers = readers;
        this.retrier = retrier;
    }

    /** After the topic was made, before the channels open. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent start) {
        reader = readers.read(Topics.RUNS, this::take);
    }

    /** Whether a run is failed or cancelled: what is left of its work is dropped. One that is completed may be extended. */
    public boolean abandoned(String run) {
        return Optional.ofNullable(runs.get(run))
                .filter(known -> known.state().abandoned())
                .isPresent();
    }

    /**
     * A run as its latest event tells of it. Where none is known the topic is first read to its end: the run's event was
     * accepted before anything else was said of the run.
     */
    public Optional<RunEvent> find(String run) {
        if (!runs.containsKey(run)) {
            retrier.retry(
                    Publisher.SYSTEM,
                    () -> {
                        reader.catchUp(CAUGHT_UP_WITHIN);
                        return true;
                    },
                    KafkaFailures::passes);
        }
        return Optional.ofNullable(runs.get(run));
    }

    /**
     * Partitions that were added later are read in any order. A run that is failed or cancelled is so for good; one that is
     * completed goes on only where it was extended, to more identities.
     */
    private static RunEvent later(RunEvent before, RunEvent now) {
        if (before.state().abandoned() || now.state().abandoned()) {
            return before.state().abandoned() ? before : now;
        }
        if (before.identities() != now.identities()) {
            return before.identities() > now.identities() ? before : now;
        }
        return before.state().terminal() ? before : now;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            RunEvent event = RecordDecoder.decode(record, RunEvent.class);
            runs.merge(event.run(), event, RunRegistry::later);
        } catch (InvalidEventException e) {
            LOG.warnf(
                    "%s: record at %d/%d is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
