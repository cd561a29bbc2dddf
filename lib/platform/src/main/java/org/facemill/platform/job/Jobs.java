package org.facemill.platform.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.event.Event;
import org.facemill.platform.health.WorkMonitor;
import org.facemill.platform.messaging.DeadLetters;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.store.ObjectStore;

/** Makes the loops that work on jobs, and ends them in order when the service stops. */
@ApplicationScoped
public class Jobs {

    private final ObjectStore store;
    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final RunRegistry runs;
    private final WorkMonitor monitor;
    private final MeterRegistry metrics;
    private final Duration lease;
    private final List<JobLoop<?, ?>> loops = new CopyOnWriteArrayList<>();

    Jobs(
            ObjectStore store,
            Publisher publisher,
            DeadLetters deadLetters,
            RunRegistry runs,
            WorkMonitor monitor,
            MeterRegistry metrics,
            @ConfigProperty(name = "facemill.job.lease") Duration lease) {
        this.store = store;
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.runs = runs;
        this.monitor = monitor;
        this.metrics = metrics;
        this.lease = lease;
    }

    /** A loop that is to be started when the service starts. */
    public <E extends Event, R extends Event> JobLoop<E, R> loop(JobKind<E, R> kind, JobWork<E, R> work) {
        JobLoop<E, R> loop = new JobLoop<>(kind, work, this);
        loops.add(loop);
        return loop;
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        for (JobLoop<?, ?> loop : loops) {
            loop.stop();
        }
    }

    ObjectStore store() {
        return store;
    }

    Publisher publisher() {
        return publisher;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    RunRegistry runs() {
        return runs;
    }

    WorkMonitor monitor() {
        return monitor;
    }

    MeterRegistry metrics() {
        return metrics;
    }

    Duration lease() {
        return lease;
    }
}
