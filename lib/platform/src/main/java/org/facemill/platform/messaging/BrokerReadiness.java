package org.facemill.platform.messaging;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.facemill.platform.health.Retrier;

/** Down where the broker does not answer, or where work waits for it. */
@Readiness
@ApplicationScoped
class BrokerReadiness implements AsyncHealthCheck {

    private final Admin admin;
    private final Retrier retrier;

    BrokerReadiness(Admin admin, Retrier retrier) {
        this.admin = admin;
        this.retrier = retrier;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return retrier.readiness(Publisher.SYSTEM, () -> {
            int patience = (int) Retrier.PROBE_PATIENCE.toMillis();
            return admin.describeCluster(new DescribeClusterOptions().timeoutMs(patience))
                    .nodes()
                    .get();
        });
    }
}
