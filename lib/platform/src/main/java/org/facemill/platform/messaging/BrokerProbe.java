package org.facemill.platform.messaging;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.facemill.platform.health.ReadinessProbe;

/** Asks the broker whether it answers. */
@ApplicationScoped
class BrokerProbe {

    private final Admin admin;
    private final ReadinessProbe probe;

    BrokerProbe(Admin admin, ReadinessProbe probe) {
        this.admin = admin;
        this.probe = probe;
    }

    /** Up where it does, and nobody waits for it. */
    Uni<HealthCheckResponse> ask() {
        return probe.ask(Publisher.SYSTEM, () -> {
            int patience = (int) ReadinessProbe.TIMEOUT.toMillis();
            return admin.describeCluster(new DescribeClusterOptions().timeoutMs(patience))
                    .nodes()
                    .get();
        });
    }
}
