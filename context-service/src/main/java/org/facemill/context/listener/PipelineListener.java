package org.facemill.context.listener;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.context.ledger.EventRecorder;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.contracts.event.VersionEvent;
import org.facemill.platform.health.Retrier;
import org.facemill.platform.messaging.DeadLetters;
import org.facemill.platform.messaging.RecordDecoder;
import org.jboss.logging.Logger;

/** Consumes the other services' events, batch by batch: each run's are recorded in one transaction. */
@ApplicationScoped
class PipelineListener {

    private static final Logger LOG = Logger.getLogger(PipelineListener.class);

    private static final String DEAD_LETTERS = Topics.deadLetters("");
    private static final String RAW_BLOCKS = Topics.rawBlocks("");
    private static final Map<String, EventType> TYPES = Map.of(
            Topics.RUNS, EventType.RUN,
            Topics.ALIGNED_BLOCKS, EventType.ALIGNED_BLOCK,
            Topics.CROPS, EventType.CROPS,
            Topics.EMBEDDINGS, EventType.IDENTITY_EMBEDDINGS,
            Topics.IDENTITY_OUTCOMES, EventType.IDENTITY_OUTCOME,
            Topics.DATASET_SEALED, EventType.DATASET_SEALED,
            Topics.FR_PROGRESS, EventType.FR_PROGRESS,
            Topics.FR_MODELS, EventType.FR_MODEL,
            Topics.EVALUATIONS, EventType.EVALUATION);
    /**
     * Topics that no other service reads in a group, so that this one makes dead letters of what is malformed there. On others
     * the stage that they are meant for does.
     */
    private static final Set<String> OWN =
            Set.of(Topics.RUNS, Topics.IDENTITY_OUTCOMES, Topics.EMBEDDINGS, Topics.FR_PROGRESS, Topics.EVALUATIONS);

    /** Events about a whole run that it cannot do without. */
    private static final Set<EventType> VITAL =
            Set.of(EventType.DATASET_REQUEST, EventType.DATASET_SEALED, EventType.FR_MODEL);

    private final EventRecorder recorder;
    private final CompletionCheck completion;
    private final DeadLetters deadLetters;
    private final Retrier retrier;
    private volatile boolean stopping;

    PipelineListener(EventRecorder recorder, CompletionCheck completion, DeadLetters deadLetters, Retrier retrier) {
        this.recorder = recorder;
        this.completion = completion;
        this.deadLetters = deadLetters;
        this.retrier = retrier;
    }

    /** A record and the event that it carries. */
    private record Received(ConsumerRecord<String, byte[]> record, Event event) {}

    @Incoming("pipeline")
    @Blocking
    void consume(ConsumerRecords<String, byte[]> records) {
        Map<String, List<Received>> runs = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().startsWith(DEAD_LETTERS)) {
                recordFailure(record);
            } else {
                read(record)
                        .map(this::checked)
                        .ifPresent(event -> runs.computeIfAbsent(event.run(), run -> new ArrayList<>())
                                .add(new Received(record, event)));
            }
        }
        runs.forEach(this::record);
    }

    private Optional<Event> read(ConsumerRecord<String, byte[]> record) {
        EventType type = record.topic().startsWith(RAW_BLOCKS) ? EventType.RAW_BLOCK : TYPES.get(record.topic());
        try {
            return Optional.of(RecordDecoder.decode(record, type.event()));
        } catch (InvalidEventException e) {
            refuse(record, e.getMessage());
            return Optional.empty();
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        if (record.topic().equals(Topics.IDENTITY_OUTCOMES)) {
            deadLetters.refuse(record, reason);
        } else if (OWN.contains(record.topic())) {
            deadLetters.put(record, reason);
        }
    }

    private Event checked(Event event) {
        return event instanceof IdentityOutcome outcome ? completion.checked(outcome) : event;
    }

    private void record(String run, List<Received> received) {
        List<Event> events = received.stream().map(Received::event).toList();
        try {
            patiently(() -> recorder.record(run, events, Instant.now()));
        } catch (RuntimeException e) {
            if (stopping) {
                throw e;
            }
            if (received.size() == 1) {
                deadLetters.put(received.get(0).record(), "the ledger does not take it: " + e.getMessage());
            } else {
                // one of them is at fault: it alone becomes a dead letter
                received.forEach(one -> record(run, List.of(one)));
            }
        }
    }

    /** A dead letter ends the run that cannot do without it; an identity's outcome came before. */
    private void recordFailure(ConsumerRecord<String, byte[]> record) {
        Optional<EventType> type =
                EventType.of(RecordDecoder.header(record, EventCodec.TYPE)).filter(VITAL::contains);
        if (type.isEmpty()) {
            return;
        }
        try {
            VersionEvent event =
                    (VersionEvent) RecordDecoder.decode(record, type.get().event());
            String stage = record.topic().substring(DEAD_LETTERS.length());
            String reason = stage + ": " + RecordDecoder.header(record, DeadLetterHeaders.REASON);
            patiently(() -> recorder.recordFailure(event, reason, Instant.now()));
        } catch (InvalidEventException e) {
            LOG.debugf("%s at %d/%d is no event", record.topic(), record.partition(), record.offset());
        }
    }

    /** What fails because the service stops is recorded after the next start. */
    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
    }

    private void patiently(Runnable change) {
        retrier.retry(
                "ledger",
                () -> {
                    change.run();
                    return true;
                },
                LedgerOutage::isOne);
    }
}
