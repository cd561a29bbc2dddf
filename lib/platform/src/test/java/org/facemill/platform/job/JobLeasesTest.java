package org.facemill.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class JobLeasesTest {

    private final Job job = new Job("run", "fr-" + UUID.randomUUID());

    @Inject
    ObjectStore store;

    @Test
    void aLeaseIsTakenOnceUntilItIsReleased() {
        JobLease first =
                new JobLeases(store, Duration.ofMinutes(1)).take(job, 0).orElseThrow();

        assertThat(new JobLeases(store, Duration.ofMinutes(1)).take(job, 0)).isEmpty();
        first.release();
        assertThat(new JobLeases(store, Duration.ofMinutes(1)).take(job, 0)).isPresent();
    }

    @Test
    void whatIsNoLeaseIsPassedOver() {
        for (String stray :
                new String[] {"1.json.partial", "one.json", "notes.txt", "-1.json", "9".repeat(30) + ".json"}) {
            store.put(Buckets.JOBS, Buckets.leases(job.run(), job.name()) + stray, new byte[] {1});
        }

        assertThat(JobLeases.taken(store, job)).isFalse();
        assertThat(new JobLeases(store, Duration.ofMinutes(1)).take(job, 0)).isPresent();
        assertThat(JobLeases.taken(store, job)).isTrue();
    }
}
