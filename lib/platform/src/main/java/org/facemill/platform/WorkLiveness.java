package org.facemill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down where work has not gone on for too long, though nothing that it needs was out. */
@Liveness
@ApplicationScoped
class WorkLiveness implements HealthCheck {

    private final WorkMonitor monitor;
    private final Outages outages;
    private final Duration longestStep;

    WorkLiveness(
            WorkMonitor monitor,
            Outages outages,
            @ConfigProperty(name = "facemill.longest-step") Duration longestStep) {
        this.monitor = monitor;
        this.outages = outages;
        this.longestStep = longestStep;
    }

    @Override
    public HealthCheckResponse call() {
        if (!outages.current().isEmpty()) {
            monitor.allSeen();
        }
        Duration silence = monitor.longestSilence().orElse(Duration.ZERO);
        return HealthCheckResponse.named("work goes on")
                .withData("seconds since the last step", silence.toSeconds())
                .status(silence.compareTo(longestStep) <= 0)
                .build();
    }
}
