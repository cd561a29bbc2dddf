package org.facemill.platform.messaging;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.platform.store.ObjectStore;
import org.jboss.logging.Logger;

/**
 * Counts, by marks in the store, how often a worker died over a piece of work. A mark costs one call when work begins; those
 * of work that ended are deleted together, a little later.
 */
@ApplicationScoped
class AttemptCounter {

    private static final Logger LOG = Logger.getLogger(AttemptCounter.class);

    static final int LIMIT = 3;

    private static final long SWEEP_MILLIS = 1_000;
    private static final long STOP_SECONDS = 3;

    private final ObjectStore store;
    private final String stage;
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "attempt-marks");
        thread.setDaemon(true);
        return thread;
    });

    AttemptCounter(ObjectStore store, @ConfigProperty(name = "quarkus.application.name") String stage) {
        this.store = store;
        this.stage = stage;
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Notes that work begins.
     *
     * @throws IllegalStateException where it began {@value #LIMIT} times before and never ended
     */
    void begin(Event event) {
        String key = key(event);
        if (ended.remove(key)) {
            // it ended in this process, which lives: the mark stands for this attempt now
            return;
        }
        if (store.putIfAbsent(Buckets.RUNS, key, mark(1))) {
            return;
        }
        int before = store.find(Buckets.RUNS, key)
                .map(mark -> Integer.parseInt(new String(mark, StandardCharsets.US_ASCII)))
                .orElse(0);
        if (before >= LIMIT) {
            throw new IllegalStateException("ended its worker " + LIMIT + " times; the " + stage + "'s log says how");
        }
        store.put(Buckets.RUNS, key, mark(before + 1));
    }

    /** Notes that work ended, well or not. */
    void end(Event event) {
        ended.add(key(event));
    }

    private void sweep() {
        Set<String> keys = new HashSet<>(ended);
        ended.removeAll(keys);
        try {
            store.deleteAll(Buckets.RUNS, keys);
        } catch (RuntimeException e) {
            LOG.warnf("marks of attempts stay in the store: %s", e.getMessage());
        }
    }

    /** After all work was told to stop: an orderly end leaves no mark. A store that is out is not waited for. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent stop) {
        Future<?> last = sweeper.submit(this::sweep);
        sweeper.shutdown();
        try {
            last.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("marks of attempts stay in the store: %s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] mark(int attempt) {
        return Integer.toString(attempt).getBytes(StandardCharsets.US_ASCII);
    }

    private String key(Event event) {
        String work = event instanceof IdentityEvent identity
                ? Long.toString(identity.ordinal())
                : EventType.of(event.getClass()).schema() + "-"
                        + event.discriminator().replace('/', '-');
        return Buckets.attempts(event.run(), stage, work);
    }
}
