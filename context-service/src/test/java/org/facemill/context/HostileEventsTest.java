package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.RECIPE;
import static org.facemill.context.Runs.assertCountsAreConsistent;
import static org.facemill.context.Runs.awaitStatus;
import static org.facemill.context.Runs.done;
import static org.facemill.context.Runs.start;
import static org.facemill.context.Runs.status;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers may send, and what becomes of a run that did nothing wrong. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class HostileEventsTest {

    @Inject
    ObjectStore store;

    @Inject
    Admin admin;

    private String run;
    private PlayedPipeline pipeline;

    @BeforeEach
    void begin() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
        run = start(RECIPE);
        pipeline = new PlayedPipeline(store, run);
        pipeline.context(3, 0);
    }

    @Test
    void theLedgerTakesAStageAndAReasonOfAnyLengthAndWithAnyCharacter() {
        String stage = "s".repeat(400);
        String reason = "cleared\u001b[2J and ended\u0000 here\n" + "r".repeat(5000);

        new Topic(Topics.IDENTITY_OUTCOMES)
                .send(new IdentityOutcome(run, 0, 0, Outcome.FAILED, stage, reason, Optional.empty()));
        pipeline.ends(1, Outcome.COMPLETE);

        awaitStatus(run, status -> status.getLong("identities.failed") == 1);
        awaitStatus(run, status -> status.getLong("identities.complete") == 1);
    }

    @Test
    void figuresOfAnyRecogniserAreTakenAndThoseThatNobodyWaitsForCountNothing() {
        new Topic(Topics.EVALUATIONS)
                .send(new Evaluation(
                        run,
                        EvaluationKind.RECOGNISER,
                        "m".repeat(400),
                        "lfw",
                        1,
                        1,
                        Map.of("eer", 0.1),
                        Optional.empty()));
        pipeline.evaluated(7, 4);
        pipeline.evaluated(1, 4);
        new Consumed(admin).awaitAll(Topics.EVALUATIONS);

        assertThat(done(status(run), "evaluated")).isZero();
    }

    @Test
    void whatIsSaidOfAnOrdinalThatWasNotIssuedOrOfARunThatIsNotThereChangesNothing() {
        JsonPath before = status(run);

        for (String of : List.of(run, "unknown-run")) {
            PlayedPipeline stranger = new PlayedPipeline(store, of);
            stranger.aligned(12);
            stranger.encoded(4294967295L, "reference");
            stranger.says(12, Outcome.DISCARDED, "not mine", Optional.empty());
            stranger.says(13, Outcome.COMPLETE, "", Optional.of(stranger.crops(13, 4)));
        }
        new Consumed(admin).awaitAll(Topics.ALIGNED_BLOCKS, Topics.EMBEDDINGS, Topics.IDENTITY_OUTCOMES);

        assertThat(status(run).<Object>get("identities")).isEqualTo(before.get("identities"));
        assertThat(done(status(run), "aligned")).isZero();
        assertThat(done(status(run), "encoded")).isZero();
        assertCountsAreConsistent(run);
    }

    @Test
    void embeddingsByAnotherEncoderThanTheRecipeNamesAreNotCounted() {
        pipeline.ends(0, Outcome.COMPLETE);
        pipeline.encoded(0, "another");
        new Consumed(admin).awaitAll(Topics.EMBEDDINGS);
        pipeline.encoded(0, "reference");

        awaitStatus(run, status -> done(status, "encoded") == 1);
    }

    @Test
    void aDeadLetterWithoutARequestOfTheLedgerEndsNoRun() {
        Map<String, String> headers = new HashMap<>(EventCodec.headers(pipelineRequest(), "test"));
        headers.put(DeadLetterHeaders.REASON, "no JSON");
        String topic = Topics.deadLetters("splitter");
        new Topic(topic).create();

        new Topic(topic).send(run, "{}".getBytes(StandardCharsets.UTF_8), headers);
        new Topic(topic).send(run, EventCodec.encode(pipelineRequest()), headers);
        new Consumed(admin).awaitAll(topic);

        assertThat(status(run).getString("state")).isEqualTo("running");
    }

    /** Of a version that is not full yet. */
    private DatasetRequest pipelineRequest() {
        ObjectRef ref = new ObjectRef("runs", run + "/x", "ab".repeat(32));
        return new DatasetRequest(run, 1, 4, ref, ref);
    }
}
