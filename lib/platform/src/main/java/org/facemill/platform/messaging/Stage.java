package org.facemill.platform.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Printable;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.contracts.event.LdmJob;
import org.facemill.platform.health.JvmShutdown;
import org.facemill.platform.health.WorkMonitor;
import org.jboss.logging.Logger;

/**
 * The way of every record through a service. A channel hands each of its records to {@link #handle}; when that returns,
 * the record is done for good and may be acknowledged:
 * <ol>
 * <li>it carried no valid event: dead letter, and the identity of its key has failed;
 * <li>nobody knows its run: dead letter;
 * <li>its run is failed or cancelled: dropped;
 * <li>its work is done: the result is stored, and the broker has accepted what is announced of it;
 * <li>its work threw, or ended its worker three times: the identity has failed, dead letter.
 * </ol>
 * Where the work does not decide on an identity ({@link Work#failsIdentity}), there is the dead letter alone. It throws only
 * where the service stops, or cannot go on: the record is worked on after the next start.
 */
@ApplicationScoped
public class Stage {

    /** Worker pool of the channels: {@code @Blocking(value = Stage.POOL, ordered = false)}; as many threads as facemill.threads. */
    public static final String POOL = "work";

    private static final Logger LOG = Logger.getLogger(Stage.class);

    private final String name;
    private final RunRegistry runs;
    private final AttemptCounter attempts;
    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final WorkMonitor monitor;
    private final MeterRegistry metrics;
    private volatile boolean stopping;

    Stage(
            @ConfigProperty(name = "quarkus.application.name") String name,
            RunRegistry runs,
            AttemptCounter attempts,
            Publisher publisher,
            DeadLetters deadLetters,
            WorkMonitor monitor,
            MeterRegistry metrics) {
        this.name = name;
        this.runs = runs;
        this.attempts = attempts;
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.monitor = monitor;
        this.metrics = metrics;
    }

    /**
     * Does what a record asks for; blocks until that is done.
     *
     * @param type the kind of event that the channel's topic carries
     * @param work what is done with it
     */
    public <E extends Event> void handle(ConsumerRecord<String, byte[]> record, Class<E> type, Work<E> work) {
        handle(record, type, work.withExtensions(), true);
    }

    /** As {@link #handle}, for work that says more when the record is done, and hands its extensions on then, too. */
    public <E extends Event> void handle(
            ConsumerRecord<String, byte[]> record, Class<E> type, Work.WithExtensions<E> work) {
        handle(record, type, work, true);
    }

    /** As {@link #handle}, for a topic that another stage reads too: that one makes dead letters of what is refused. */
    public <E extends Event> void handleShared(
            ConsumerRecord<String, byte[]> record, Class<E> type, Work.WithExtensions<E> work) {
        handle(record, type, work, false);
    }

    private <E extends Event> void handle(
            ConsumerRecord<String, byte[]> record, Class<E> type, Work.WithExtensions<E> work, boolean answers) {
        E event;
        try {
            event = RecordDecoder.decode(record, type);
        } catch (InvalidEventException e) {
            if (answers && work.failsIdentity()) {
                deadLetters.refuse(record, reason(e));
            } else if (answers) {
                deadLetters.put(record, reason(e));
            }
            count("invalid");
            return;
        }
        if (!beginsRun(event) && runs.find(event.run()).isEmpty()) {
            if (answers) {
                deadLetters.put(
                        record, "nobody knows the run " + event.run() + ": " + Topics.RUNS + " has no event of it");
            }
            count("invalid");
        } else if (runs.abandoned(event.run())) {
            count("dropped");
        } else {
            monitor.beat(event);
            try {
                count(done(record, event, work));
            } finally {
                monitor.finished(event);
            }
        }
    }

    /** A generator's training is a run of its own, which begins with its request. */
    private static boolean beginsRun(Event event) {
        return event instanceof LdmJob;
    }

    private <E extends Event> String done(ConsumerRecord<String, byte[]> record, E event, Work.WithExtensions<E> work) {
        Timer.Sample start = Timer.start(metrics);
        Extensions extensions = Extensions.of(record.headers());
        try {
            attempts.begin(event);
            List<Announcement> announcements = work.apply(event, extensions, () -> beat(event));
            publisher.publish(announcements, extensions);
            start.stop(metrics.timer("facemill.work", "stage", name));
        } catch (RunEndedException e) {
            attempts.end(event);
            return "dropped";
        } catch (Exception e) {
            if (stopping || JvmShutdown.inProgress()) {
                attempts.end(event);
                throw new IllegalStateException(
                        name + " stops; " + event.key() + " is worked on after its next start", e);
            }
            LOG.warnf("%s failed: %s", event.key(), Printable.of(e));
            fail(record, event, work.failsIdentity(), reason(e));
            attempts.end(event);
            return "failed";
        }
        attempts.end(event);
        return "done";
    }

    private void fail(ConsumerRecord<String, byte[]> record, Event event, boolean failsIdentity, String reason) {
        if (failsIdentity && event instanceof IdentityEvent identity) {
            deadLetters.fail(record, identity, reason);
        } else {
            deadLetters.put(record, reason);
        }
    }

    private void beat(Event event) {
        if (runs.abandoned(event.run())) {
            throw new RunEndedException(event.run());
        }
        monitor.beat(event);
    }

    private void count(String result) {
        metrics.counter("facemill.records", "stage", name, "result", result).increment();
    }

    /** An orderly end is no attempt that killed its worker. */
    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
        monitor.inFlight().forEach(attempts::end);
    }

    private static String reason(Exception e) {
        return Printable.of(e.getMessage() == null || e.getMessage().isBlank() ? e.toString() : e.getMessage());
    }
}
