package org.facemill.platform.health;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Asks other systems whether they answer. */
@ApplicationScoped
public class ReadinessProbe {

    /** How long a system may take to answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Retrier retrier;
    private final Map<String, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();

    ReadinessProbe(Retrier retrier) {
        this.retrier = retrier;
    }

    /**
     * Whether a system is ready: nobody waits for it, and it answers now.
     *
     * @param question to the system; asked once at a time, however often readiness is
     */
    public Uni<HealthCheckResponse> ask(String system, Callable<?> question) {
        if (retrier.current().contains(system)) {
            return Uni.createFrom().item(down(system, "work waits for it"));
        }
        CompletableFuture<Void> answer =
                inFlight.compute(system, (s, before) -> before == null || before.isDone() ? start(question) : before);
        return Uni.createFrom()
                .completionStage(answer)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(answered -> HealthCheckResponse.up(system))
                .onFailure()
                .recoverWithItem(failure -> down(system, failure.toString()));
    }

    private static CompletableFuture<Void> start(Callable<?> question) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        question.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                Infrastructure.getDefaultExecutor());
    }

    private static HealthCheckResponse down(String system, String reason) {
        return HealthCheckResponse.named(system)
                .down()
                .withData("reason", reason)
                .build();
    }
}
