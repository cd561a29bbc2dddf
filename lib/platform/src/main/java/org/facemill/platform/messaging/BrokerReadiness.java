package org.facemill.platform.messaging;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down where the broker does not answer, or while work waits for it. */
@Readiness
@ApplicationScoped
class BrokerReadiness implements AsyncHealthCheck {

    private final BrokerProbe broker;

    BrokerReadiness(BrokerProbe broker) {
        this.broker = broker;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return broker.ask();
    }
}
