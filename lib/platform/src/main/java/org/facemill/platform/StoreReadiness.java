package org.facemill.platform;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.facemill.contracts.Buckets;

/** Down where the object store does not answer, or where work waits for it. */
@Readiness
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ObjectStore store;
    private final Outages outages;

    StoreReadiness(ObjectStore store, Outages outages) {
        this.store = store;
        this.outages = outages;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("object store");
        if (outages.current().contains(ObjectStore.SYSTEM)) {
            return Uni.createFrom().item(response.down().withData("reason", "work waits for it").build());
        }
        return Uni.createFrom().voidItem().emitOn(Infrastructure.getDefaultExecutor())
                .onItem().transform(nothing -> {
                    store.probe(Buckets.RUNS);
                    return response.up().build();
                })
                .ifNoItem().after(PATIENCE).fail()
                .onFailure().recoverWithItem(failure -> response.down().withData("reason", String.valueOf(failure.getMessage())).build());
    }
}
