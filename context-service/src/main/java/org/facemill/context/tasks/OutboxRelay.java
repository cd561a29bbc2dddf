package org.facemill.context.tasks;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.facemill.context.ledger.Outbox;
import org.facemill.platform.messaging.Publisher;

/** Sends what the outbox holds, in its order, as it is stored. */
@ApplicationScoped
class OutboxRelay {

    private final Outbox outbox;
    private final Publisher publisher;

    OutboxRelay(Outbox outbox, Publisher publisher) {
        this.outbox = outbox;
        this.publisher = publisher;
    }

    @Scheduled(
            every = "1S",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void relay() {
        boolean more = true;
        while (more) {
            more = outbox.sendFirst(publisher::send);
        }
    }
}
