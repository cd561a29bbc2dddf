package org.facemill.platform.messaging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.ChildProgram;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service lives through outages of its broker and its store, longer than all time-outs, with work in flight. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Longer than the session with the broker, and than every time-out of its clients and the store's. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Topic contexts = new Topic("facemill.identity-contexts.testing");
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    PlayedWork service;

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, 4, 10);
    }

    @Test
    void theStoreIsKilled() {
        livesThrough(BrokerAndStore.store()::kill, () -> restart(BrokerAndStore.store()), Duration.ZERO);
    }

    @Test
    void theStoreIsFrozen() {
        livesThrough(BrokerAndStore.store()::freeze, BrokerAndStore.store()::thaw, LONG);
    }

    @Test
    void theBrokerIsKilled() {
        livesThrough(BrokerAndStore.broker()::kill, () -> restart(BrokerAndStore.broker()), Duration.ZERO);
    }

    @Test
    void theBrokerIsGoneForLongerThanASend() {
        livesThrough(BrokerAndStore.broker()::kill, () -> restart(BrokerAndStore.broker()), LONG);
    }

    @Test
    void theBrokerIsFrozenForLongerThanASend() {
        livesThrough(BrokerAndStore.broker()::freeze, BrokerAndStore.broker()::thaw, LONG);
    }

    /** Work that is in flight when the outage begins is done when it is over, and so is work that comes after it. */
    private void livesThrough(Runnable begin, Runnable end, Duration length) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch outage = new CountDownLatch(1);
        service.play(run + "/1", (event, heartbeat) -> {
            begun.countDown();
            outage.await();
            return service.discard(event, heartbeat);
        });
        contexts.send(PlayedWork.context(run, 1, 0));
        await().atMost(PATIENCE).until(() -> begun.getCount() == 0);

        begin.run();
        try {
            outage.countDown();
            await().atMost(PATIENCE).until(() -> status("/q/health/ready") == 503);
            long over = System.nanoTime() + length.toNanos();
            await().atMost(PATIENCE).until(() -> status("/q/health/live") != 200 || System.nanoTime() > over);
            assertThat(status("/q/health/live")).isEqualTo(200);
        } finally {
            end.run();
        }

        assertThat(outcome(1).outcome()).isEqualTo(Outcome.DISCARDED);
        await().atMost(PATIENCE).until(() -> status("/q/health/ready") == 200);
        contexts.send(PlayedWork.context(run, 2, 0));
        assertThat(outcome(2).outcome()).isEqualTo(Outcome.DISCARDED);
        assertThat(status("/q/health/live")).isEqualTo(200);
    }

    private static void restart(ChildProgram program) {
        program.start();
        program.awaitReady();
    }

    private IdentityOutcome outcome(long ordinal) {
        return RecordDecoder.decode(
                outcomes.await(PATIENCE, r -> r.key().equals(run + "/" + ordinal)), IdentityOutcome.class);
    }

    private static int status(String path) {
        return given().get(path).statusCode();
    }
}
