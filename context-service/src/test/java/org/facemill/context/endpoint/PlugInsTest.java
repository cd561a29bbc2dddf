package org.facemill.context.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.facemill.contracts.Topics;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class PlugInsTest {

    private static final String ALIGNERS = Topics.rawBlocks("");

    @Inject
    Admin admin;

    @Test
    void aPlugInIsKnownByTheTopicThatItCreated() {
        new Topic(ALIGNERS + "known").create();

        assertThat(new PlugIns(admin).absence("aligner", ALIGNERS, "known")).isEmpty();
    }

    @Test
    void aPlugInIsKnownBeforeTheBrokerHasHeardOfItsTopic() {
        new Topic(ALIGNERS + "quick").create();

        assertThat(new PlugIns(behind(admin)).absence("aligner", ALIGNERS, "quick"))
                .isEmpty();
    }

    @Test
    void onePlugInThatIsNotThereIsNamedWithThoseThatAre() {
        new Topic(ALIGNERS + "known").create();

        assertThat(new PlugIns(admin).absence("aligner", ALIGNERS, "missing").orElseThrow())
                .contains("no aligner named missing")
                .contains("known")
                .contains("start one that reads facemill.raw-blocks.missing");
    }

    /** A broker that does not know the latest topics yet, as a busy one for many seconds. */
    private static Admin behind(Admin broker) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "describeTopics" -> broker.describeTopics(List.of("not-known-yet"));
                    case "listTopics" -> throw new AssertionError("all topics are asked for to explain a refusal only");
                    default -> method.invoke(broker, arguments);
                });
    }
}
