package org.facemill.platform.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jboss.logging.Logger;

/** Retries transient failures with back-off for as long as they last; health and metrics show who is being waited for. */
@ApplicationScoped
public class Retrier {

    private static final Logger LOG = Logger.getLogger(Retrier.class);
    /** How long a system may take to answer whether it is there. */
    public static final Duration PROBE_PATIENCE = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    Retrier(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * Calls another system until the call succeeds or fails for good.
     *
     * @param system that is called, such as {@code store}
     * @param attempt one call
     * @param passing whether a failure is transient; any other is thrown at once
     */
    public <T> T retry(String system, Supplier<T> attempt, Predicate<Throwable> passing) {
        AtomicInteger waiters = waiting.computeIfAbsent(system, s -> new AtomicInteger());
        boolean[] waits = new boolean[1];
        try {
            return Uni.createFrom()
                    .item(attempt)
                    .onFailure(passing)
                    .invoke(failure -> {
                        metrics.counter("facemill.retries", "system", system).increment();
                        if (!waits[0]) {
                            waits[0] = true;
                            waiters.incrementAndGet();
                            LOG.warnf("%s does not answer, trying until it does: %s", system, failure);
                        }
                    })
                    .onFailure(passing)
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .indefinitely()
                    .await()
                    .indefinitely();
        } finally {
            if (waits[0]) {
                waiters.decrementAndGet();
            }
        }
    }

    /**
     * Whether a system is ready: nobody waits for it, and it answers now.
     *
     * @param probe one question to it
     */
    public Uni<HealthCheckResponse> readiness(String system, Callable<?> probe) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(system);
        if (current().contains(system)) {
            return Uni.createFrom()
                    .item(response.down()
                            .withData("reason", "work waits for it")
                            .build());
        }
        return Uni.createFrom()
                .item(Unchecked.supplier(probe::call))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .ifNoItem()
                .after(PROBE_PATIENCE)
                .fail()
                .onItem()
                .transform(answer -> response.up().build())
                .onFailure()
                .recoverWithItem(failure ->
                        response.down().withData("reason", failure.toString()).build());
    }

    /** The systems that are being waited for. */
    public Set<String> current() {
        return waiting.entrySet().stream()
                .filter(e -> e.getValue().get() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
