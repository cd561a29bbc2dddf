package org.facemill.platform;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down where the broker does not answer, or where work waits for it. */
@Readiness
@ApplicationScoped
class BrokerReadiness implements AsyncHealthCheck {

    private final Admin admin;
    private final Outages outages;

    BrokerReadiness(Admin admin, Outages outages) {
        this.admin = admin;
        this.outages = outages;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return outages.readiness(Publisher.SYSTEM, () -> {
            int patience = (int) Outages.PROBE_PATIENCE.toMillis();
            return admin.describeCluster(new DescribeClusterOptions().timeoutMs(patience))
                    .nodes()
                    .get();
        });
    }
}
