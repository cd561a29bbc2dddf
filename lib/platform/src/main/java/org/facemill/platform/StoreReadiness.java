package org.facemill.platform;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.facemill.contracts.Buckets;

/** Down where the object store does not answer, or where work waits for it. */
@Readiness
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

    private final ObjectStore store;
    private final Outages outages;

    StoreReadiness(ObjectStore store, Outages outages) {
        this.store = store;
        this.outages = outages;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return outages.readiness(ObjectStore.SYSTEM, () -> store.probe(Buckets.RUNS));
    }
}
