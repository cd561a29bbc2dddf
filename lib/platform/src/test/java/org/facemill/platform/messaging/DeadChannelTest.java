package org.facemill.platform.messaging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
@TestProfile(DeadChannelTest.OfItsOwn.class)
class DeadChannelTest {

    /** A service of its own: it does not outlive the test. */
    public static class OfItsOwn implements QuarkusTestProfile {}

    @Inject
    PlayedWork service;

    @Test
    void livenessFallsWhereAChannelHasDied() {
        String run = "run-dead";
        Topic.announceRun(run, 4, 10);
        service.play(run + "/1", (event, heartbeat) -> {
            throw new StackOverflowError("as of native code that failed");
        });
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);

        new Topic("facemill.identity-contexts.testing").send(PlayedWork.context(run, 1, 0));

        await().atMost(Duration.ofMinutes(1))
                .until(() -> given().get("/q/health/live").statusCode() == 503);
    }
}
