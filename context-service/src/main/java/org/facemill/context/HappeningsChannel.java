package org.facemill.context;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.DeadLetter;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.platform.health.Retrier;
import org.facemill.platform.messaging.DeadLetters;
import org.facemill.platform.messaging.RecordDecoder;

/** What other services say comes in, in batches: one transaction each. */
@ApplicationScoped
class HappeningsChannel {

    private static final String DEAD_LETTERS = Topics.deadLetters("");
    /** Events about a whole run that it cannot do without. */
    private static final Set<EventType> VITAL =
            Set.of(EventType.DATASET_REQUEST, EventType.DATASET_SEALED, EventType.FR_MODEL);

    private final Happenings happenings;
    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final Retrier retrier;

    HappeningsChannel(Happenings happenings, Ledger ledger, DeadLetters deadLetters, Retrier retrier) {
        this.happenings = happenings;
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.retrier = retrier;
    }

    @Incoming("happenings")
    @Blocking
    void consume(ConsumerRecords<String, byte[]> records) {
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().startsWith(DEAD_LETTERS)) {
                bury(record);
            } else {
                read(record).ifPresent(events::add);
            }
        }
        retry(() -> happenings.note(events, Instant.now()));
    }

    private Optional<Event> read(ConsumerRecord<String, byte[]> record) {
        try {
            EventType type = EventType.of(RecordDecoder.header(record, EventCodec.TYPE))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "header " + EventCodec.TYPE + " names no type that is known here"));
            return Optional.of(RecordDecoder.decode(record, type.event()));
        } catch (InvalidEventException | IllegalArgumentException e) {
            if (record.topic().equals(Topics.IDENTITY_OUTCOMES)) {
                deadLetters.fail(record, e.getMessage());
            } else {
                deadLetters.put(record, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** An identity's dead letter came after its outcome, so there is nothing to do; a run's ends the run. */
    private void bury(ConsumerRecord<String, byte[]> record) {
        boolean vital = EventType.of(RecordDecoder.header(record, EventCodec.TYPE))
                .filter(VITAL::contains)
                .isPresent();
        if (vital && record.key() != null) {
            String stage = record.topic().substring(DEAD_LETTERS.length());
            retry(() -> ledger.fail(
                    record.key(), stage + ": " + RecordDecoder.header(record, DeadLetter.REASON), Instant.now()));
        }
    }

    private void retry(Runnable change) {
        retrier.retry(
                "ledger",
                () -> {
                    change.run();
                    return true;
                },
                HappeningsChannel::passing);
    }

    /** A lost connection or a lock that was not to be had passes; a broken statement does not. */
    private static boolean passing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return !(cause instanceof SQLNonTransientException)
                        || cause instanceof SQLNonTransientConnectionException;
            }
        }
        return false;
    }
}
