package org.facemill.platform.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.facemill.contracts.Printable;
import org.jboss.logging.Logger;

/**
 * Retries transient failures with back-off for as long as they last, on the calling thread; health and metrics show which
 * system is being waited for. Blocks, so it must not be called on an event loop.
 */
@ApplicationScoped
public class Retrier {

    private static final Logger LOG = Logger.getLogger(Retrier.class);

    /** Of one outage, at most one failure is logged within this time. */
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int UNLIMITED = -1;

    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;
    private final Guard guard = Guard.create()
            .withDescription("calls of other systems")
            .withRetry()
            .retryOn(TransientFailure.class)
            .maxRetries(UNLIMITED)
            .maxDuration(0, ChronoUnit.MILLIS)
            .delay(FIRST_PAUSE_MILLIS, ChronoUnit.MILLIS)
            .jitter(FIRST_PAUSE_MILLIS / 2, ChronoUnit.MILLIS)
            .withExponentialBackoff()
            .maxDelay(LONGEST_PAUSE_MILLIS, ChronoUnit.MILLIS)
            .done()
            .done()
            .build();

    Retrier(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** A failure that passes; the only one that the guard retries. */
    private static final class TransientFailure extends RuntimeException {
        TransientFailure(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Calls another system until the call succeeds or fails for good.
     *
     * @param system that is called, such as {@code store}
     * @param attempt one call
     * @param isTransient whether a failure is known to pass; any other is thrown at once
     */
    public <T> T retry(String system, Supplier<T> attempt, Predicate<Throwable> isTransient) {
        Outage outage = new Outage(system);
        AtomicReference<T> result = new AtomicReference<>();
        try {
            guard.get(
                    () -> {
                        try {
                            result.set(attempt.get());
                            return true;
                        } catch (RuntimeException e) {
                            if (!isTransient.test(e)) {
                                throw e;
                            }
                            outage.failed(e);
                            throw new TransientFailure(e);
                        }
                    },
                    Boolean.class);
            return result.get();
        } catch (Exception e) {
            // the guard declares nothing, and throws this all the same
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the " + system, e);
            }
            throw e;
        } finally {
            outage.end();
        }
    }

    /** The systems that are being waited for. */
    public Set<String> current() {
        return waiting.entrySet().stream()
                .filter(e -> e.getValue().get() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The failures of one call so far. */
    private final class Outage {
        private final String system;
        private long since;
        private long logged;
        private int failures;

        Outage(String system) {
            this.system = system;
        }

        void failed(RuntimeException failure) {
            metrics.counter("facemill.retries", "system", system).increment();
            long now = System.nanoTime();
            if (failures++ == 0) {
                since = now;
                waiters().incrementAndGet();
                log(failure, now);
            } else if (now - logged >= LOG_INTERVAL.toNanos()) {
                log(failure, now);
            }
        }

        private void log(RuntimeException failure, long now) {
            logged = now;
            LOG.warnf(
                    "%s: attempt %d failed, for %d s now; trying again: %s",
                    system, failures, seconds(now), Printable.of(failure.toString()));
        }

        void end() {
            if (failures > 0) {
                waiters().decrementAndGet();
                LOG.infof("%s: waited for %d s, %d attempts failed", system, seconds(System.nanoTime()), failures);
            }
        }

        private AtomicInteger waiters() {
            return waiting.computeIfAbsent(system, s -> new AtomicInteger());
        }

        private long seconds(long now) {
            return Duration.ofNanos(now - since).toSeconds();
        }
    }
}
