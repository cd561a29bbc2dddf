package org.facemill.context.ledger;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.contracts.event.Event;

/** What is to be said of the ledger's changes: written in the transaction of the change, sent later, in order, at least once. */
@ApplicationScoped
public class Outbox {

    private static final int PAGE = 100;
    /** Longer than any outage of the broker that is waited out. */
    private static final Duration LONGEST_SENDING = Duration.ofDays(7);

    private final LedgerRepository repository;

    Outbox(LedgerRepository repository) {
        this.repository = repository;
    }

    /** Writes an event down, encoded. */
    void add(String topic, Event event) {
        repository.add(new OutboxEntry(topic, event));
    }

    /** Drops what is still to be sent of a run. */
    void discard(String run) {
        repository.emptyOutbox(run);
    }

    /**
     * Sends the first records and removes them. One service does so at a time, or an older state of a run could be sent after
     * a newer one; the lock is of its own, so that runs can be changed meanwhile.
     *
     * @param sender returns when the broker has accepted the records
     * @return whether there were any, and this service was the one to send them
     */
    public boolean sendFirst(Consumer<List<ProducerRecord<String, byte[]>>> sender) {
        return QuarkusTransaction.requiringNew()
                .timeout((int) LONGEST_SENDING.toSeconds())
                .call(() -> repository.lockOutbox() && sendLocked(sender));
    }

    private boolean sendLocked(Consumer<List<ProducerRecord<String, byte[]>>> sender) {
        List<OutboxEntry> first = QuarkusTransaction.requiringNew().call(() -> repository.outbox(PAGE));
        if (first.isEmpty()) {
            return false;
        }
        // else the transaction would go with the records to the threads of the broker's client
        QuarkusTransaction.suspendingExisting()
                .run(() ->
                        sender.accept(first.stream().map(OutboxEntry::asRecord).toList()));
        QuarkusTransaction.requiringNew()
                .run(() -> repository.removeFromOutbox(
                        first.stream().map(OutboxEntry::id).toList()));
        return true;
    }
}
