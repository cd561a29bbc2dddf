package org.facemill.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class StageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final Topic contexts = new Topic("facemill.identity-contexts.testing");
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final Topic deadLetters = new Topic(Topics.deadLetters("testing"));
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, 4, 10);
    }

    @Inject
    PlayedWork service;

    @Inject
    ObjectStore store;

    @Inject
    RunRegistry runs;

    @Test
    void whatWorkAnnouncesIsSentAsCloudEventUnderItsKey() {
        contexts.send(context(0));

        ConsumerRecord<String, byte[]> sent =
                outcomes.await(PATIENCE, r -> r.key().equals(run + "/0"));

        IdentityOutcome outcome = RecordDecoder.decode(sent, IdentityOutcome.class);
        assertThat(outcome.outcome()).isEqualTo(Outcome.DISCARDED);
        assertThat(Topic.header(sent, EventCodec.ID)).isEqualTo("identity-outcome.v1:" + run + "/0/0");
        assertThat(Topic.header(sent, EventCodec.SOURCE)).isEqualTo("/facemill/testing");
        await().atMost(PATIENCE)
                .until(() -> store.list(Buckets.RUNS, run + "/attempts/").isEmpty());
    }

    @Test
    void aMalformedEventFailsItsIdentityAndTheNextIsWorkedOn() {
        contexts.send(
                run + "/1", "{\"run\": 7}".getBytes(StandardCharsets.UTF_8), EventCodec.headers(context(1), "test"));
        contexts.send(context(2));

        assertThat(outcome(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome(1).reason())
                .contains("no facemill.identity-context.v1")
                .contains("$.run");
        assertThat(outcome(2).outcome()).isEqualTo(Outcome.DISCARDED);
        ConsumerRecord<String, byte[]> dead = deadLetters.await(PATIENCE, r -> (run + "/1").equals(r.key()));
        assertThat(dead.value()).asString().isEqualTo("{\"run\": 7}");
        assertThat(Topic.header(dead, DeadLetterHeaders.REASON))
                .isEqualTo(outcome(1).reason());
        assertThat(Topic.header(dead, DeadLetterHeaders.TOPIC)).isEqualTo("facemill.identity-contexts.testing");
    }

    @Test
    void aRecordWithoutKeyBecomesADeadLetterAndTheNextIsWorkedOn() {
        contexts.send(null, EventCodec.encode(context(3)), EventCodec.headers(context(3), "test"));
        contexts.send(context(4));

        assertThat(outcome(4).outcome()).isEqualTo(Outcome.DISCARDED);
        ConsumerRecord<String, byte[]> dead =
                deadLetters.await(PATIENCE, r -> r.key() == null && new String(r.value()).contains(run));
        assertThat(Topic.header(dead, DeadLetterHeaders.REASON)).contains("the record has no key");
    }

    @Test
    void workThatThrowsFailsItsIdentityWithTheReason() {
        service.play(run + "/5", (event, heartbeat) -> {
            throw new IOException("block 5 is no PNG");
        });

        contexts.send(context(5));

        assertThat(outcome(5).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome(5).reason()).isEqualTo("block 5 is no PNG");
        assertThat(outcome(5).attempt()).isEqualTo(2);
        deadLetters.await(PATIENCE, r -> (run + "/5").equals(r.key()));
    }

    @Test
    void aRecordThatEndedItsWorkerThreeTimesFails() {
        store.put(Buckets.RUNS, Buckets.attempts(run, "testing", "6"), "3".getBytes(StandardCharsets.US_ASCII));

        contexts.send(context(6));

        assertThat(outcome(6).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome(6).reason()).contains("ended its worker 3 times");
    }

    @Test
    void workOfARunThatIsOverIsDroppedEvenBetweenItsSteps() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch dropped = new CountDownLatch(1);
        service.play(run + "/7", (event, heartbeat) -> {
            begun.countDown();
            try {
                while (true) {
                    heartbeat.beat();
                    Thread.sleep(20);
                }
            } catch (RunEndedException e) {
                dropped.countDown();
                throw e;
            }
        });
        contexts.send(context(7));
        await().atMost(PATIENCE).until(() -> begun.getCount() == 0);

        new Topic(Topics.RUNS).send(new RunEvent(run, RunState.CANCELLED, "by a test", 4, 10));

        await().atMost(PATIENCE).until(() -> dropped.getCount() == 0);
        contexts.send(context(8));
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !store.exists(Buckets.BLOCKS, run + "/8"));
    }

    @Test
    void aCompletedRunMayGoOnToMoreIdentitiesAndNothingOlderEndsItAgain() {
        Topic said = new Topic(Topics.RUNS);
        said.send(new RunEvent(run, RunState.COMPLETED, "", 4, 10));
        await().atMost(PATIENCE).until(() -> runs.find(run).orElseThrow().state() == RunState.COMPLETED);
        contexts.send(context(9));
        assertThat(outcome(9).outcome()).isEqualTo(Outcome.DISCARDED);

        RunEvent extended = new RunEvent(run, RunState.RUNNING, "", 4, 20);
        said.send(extended);
        said.send(new RunEvent(run, RunState.COMPLETED, "", 4, 10));
        RunEvent later = new RunEvent(run + "-later", RunState.RUNNING, "", 4, 10);
        said.send(later);

        assertThat(runs.find(later.run())).contains(later);
        assertThat(runs.find(run)).contains(extended);
    }

    @Test
    void traceContextAndUnknownExtensionsAreHandedOn() {
        Map<String, String> headers = new HashMap<>(EventCodec.headers(context(11), "test"));
        headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        headers.put("ce_costcentre", "4711");
        headers.put("something", "else");
        contexts.send(context(11).key(), EventCodec.encode(context(11)), headers);

        ConsumerRecord<String, byte[]> sent =
                outcomes.await(PATIENCE, r -> r.key().equals(run + "/11"));

        assertThat(Topic.header(sent, "traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(Topic.header(sent, "ce_costcentre")).isEqualTo("4711");
        assertThat(sent.headers().lastHeader("something")).isNull();
    }

    @Test
    void anEventForATopicThatDoesNotExistFailsItsIdentity() {
        service.play(
                run + "/12",
                (event, heartbeat) -> List.of(new Announcement(
                        "facemill.raw-blocks.nobody",
                        service.discard(event, heartbeat).get(0).event())));

        contexts.send(context(12));

        assertThat(outcome(12).reason()).contains("the topic facemill.raw-blocks.nobody does not exist");
        deadLetters.await(PATIENCE, r -> (run + "/12").equals(r.key()));
    }

    @Test
    void anEventThatIsTooLargeFailsItsIdentity() {
        service.play(
                run + "/13",
                (event, heartbeat) -> List.of(new Announcement(
                        Topics.IDENTITY_OUTCOMES,
                        new IdentityOutcome(
                                event.run(),
                                event.ordinal(),
                                event.attempt(),
                                Outcome.DISCARDED,
                                "testing",
                                "x".repeat(17 << 20),
                                Optional.empty()))));

        contexts.send(context(13));

        assertThat(outcome(13).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome(13).reason()).contains("larger than");
    }

    @Test
    void whatTheStoreRefusesForGoodFailsItsIdentity() {
        service.play(run + "/14", (event, heartbeat) -> {
            store.put("no-such-bucket", "key", new byte[1]);
            return List.of();
        });

        contexts.send(context(14));

        assertThat(outcome(14).reason()).contains("put no-such-bucket/key").contains("NoSuchBucket");
    }

    @Test
    void aReasonIsOneLineThatCanBePrinted() {
        service.play(run + "/15", (event, heartbeat) -> {
            throw new IOException("line\n\u001b[31mred");
        });

        contexts.send(context(15));

        assertThat(outcome(15).reason()).isEqualTo("line\\u000a\\u001b[31mred");
    }

    private IdentityOutcome outcome(long ordinal) {
        return RecordDecoder.decode(
                outcomes.await(PATIENCE, r -> r.key().equals(run + "/" + ordinal)), IdentityOutcome.class);
    }

    private IdentityContext context(long ordinal) {
        return PlayedWork.context(run, ordinal, ordinal == 5 ? 2 : 0);
    }
}
