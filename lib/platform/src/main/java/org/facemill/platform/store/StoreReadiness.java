package org.facemill.platform.store;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.facemill.contracts.Buckets;
import org.facemill.platform.health.ReadinessProbe;

/** Down where the object store does not answer, or while work waits for it. */
@Readiness
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

    private final ObjectStore store;
    private final ReadinessProbe probe;

    StoreReadiness(ObjectStore store, ReadinessProbe probe) {
        this.store = store;
        this.probe = probe;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return probe.ask(ObjectStore.SYSTEM, () -> store.probe(Buckets.RUNS));
    }
}
