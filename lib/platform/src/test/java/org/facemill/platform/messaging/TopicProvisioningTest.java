package org.facemill.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.Config;
import org.facemill.contracts.Topics;
import org.facemill.platform.health.Retrier;
import org.facemill.platform.testing.BrokerAndStore;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class TopicProvisioningTest {

    private static final String OWN = "facemill.raw-blocks.provisioned";

    @Inject
    Admin admin;

    @Inject
    TopicLookup topics;

    @Inject
    Retrier retrier;

    @Test
    void topicsAreDescribedWhenItIsDoneThoseOfWorkWithMorePartitions() {
        provision(5, 1);

        assertThat(partitions(OWN)).isEqualTo(5);
        assertThat(partitions(Topics.deadLetters("provisioned"))).isEqualTo(1);
    }

    @Test
    void aTopicOfWorkGetsMorePartitionsAndLosesNone() {
        provision(5, 1);

        provision(7, 3);
        assertThat(partitions(OWN)).isEqualTo(7);
        assertThat(partitions(Topics.CROPS)).isEqualTo(7);
        assertThat(partitions(Topics.RUNS)).isEqualTo(1);

        provision(2, 1);
        assertThat(partitions(OWN)).isEqualTo(7);
    }

    @Test
    void topicsOfReadersThatDoNotRunAreMadeWhereTheyAreNamed() {
        provision(5, 1);

        assertThat(partitions("facemill.identity-contexts.at-rest")).isEqualTo(5);
        assertThat(partitions("facemill.others-at-rest")).isEqualTo(1);
    }

    private void provision(int work, int other) {
        Config config = new SmallRyeConfigBuilder()
                .withDefaultValues(Map.of(
                        "quarkus.application.name",
                        "provisioned",
                        "mp.messaging.incoming.blocks.topic",
                        OWN,
                        "facemill.topics.also",
                        "facemill.identity-contexts.at-rest,facemill.others-at-rest",
                        "facemill.topics.partitions",
                        String.valueOf(work),
                        "facemill.topics.other-partitions",
                        String.valueOf(other)))
                .build();
        new TopicProvisioning(config, admin, retrier).start(new StartupEvent());
    }

    private int partitions(String topic) {
        return topics.find(topic).orElseThrow().partitions().size();
    }
}
