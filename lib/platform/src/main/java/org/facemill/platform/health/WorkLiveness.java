package org.facemill.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down where work in flight has given no heartbeat for too long, though no outage explains it. */
@Liveness
@ApplicationScoped
class WorkLiveness implements HealthCheck {

    private final WorkMonitor monitor;
    private final Retrier retrier;
    private final Duration longestStep;

    WorkLiveness(
            WorkMonitor monitor,
            Retrier retrier,
            @ConfigProperty(name = "facemill.longest-step") Duration longestStep) {
        this.monitor = monitor;
        this.retrier = retrier;
        this.longestStep = longestStep;
    }

    @Override
    public HealthCheckResponse call() {
        if (!retrier.current().isEmpty()) {
            monitor.resetAll();
        }
        Duration silence = monitor.longestSilence().orElse(Duration.ZERO);
        return HealthCheckResponse.named("work in progress")
                .withData("seconds since the last heartbeat", silence.toSeconds())
                .status(silence.compareTo(longestStep) <= 0)
                .build();
    }
}
