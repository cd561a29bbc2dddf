package org.facemill.platform.store;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.facemill.contracts.Buckets;
import org.facemill.platform.health.Retrier;

/** Down where the object store does not answer, or where work waits for it. */
@Readiness
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

    private final ObjectStore store;
    private final Retrier retrier;

    StoreReadiness(ObjectStore store, Retrier retrier) {
        this.store = store;
        this.retrier = retrier;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return retrier.readiness(ObjectStore.SYSTEM, () -> store.probe(Buckets.RUNS));
    }
}
