package org.facemill.platform.store;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.facemill.contracts.Buckets;

/** Creates missing buckets before the channels open. Waits for the store as long as it takes; the service is not ready meanwhile. */
@ApplicationScoped
class BucketProvisioning {

    private final ObjectStore store;

    BucketProvisioning(ObjectStore store) {
        this.store = store;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        Buckets.ALL.forEach(store::ensureBucket);
    }
}
