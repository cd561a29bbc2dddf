package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.PATIENCE;
import static org.facemill.context.Runs.RECIPE;
import static org.facemill.context.Runs.assertCountsAreConsistent;
import static org.facemill.context.Runs.awaitState;
import static org.facemill.context.Runs.awaitStatus;
import static org.facemill.context.Runs.done;
import static org.facemill.context.Runs.start;
import static org.facemill.context.Runs.status;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.ledger.Outbox;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ContextServiceTest {

    @Inject
    ObjectStore store;

    @Inject
    Ledger ledger;

    @Inject
    Outbox outbox;

    @Inject
    Publisher publisher;

    @Inject
    Admin admin;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"), Topics.deadLetters("splitter"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void aRunEndsWithExactlyNWhateverTheOrderAndHoweverOftenThingsAreSaid() throws IOException {
        String run = start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        assertThat(pipeline.context(2, 0).context()).containsExactly(Noise.unitVector(11, 2, 512));
        assertThat(pipeline.context(2, 0).nextTopic()).isEqualTo("facemill.raw-blocks.played");
        List<Long> ordinals = new ArrayList<>(List.of(3L, 2L, 1L, 0L));
        Collections.shuffle(ordinals, new Random(5));

        ordinals.forEach(pipeline::sampled);
        ordinals.forEach(pipeline::sampled);
        for (long ordinal : ordinals) {
            pipeline.ends(ordinal, ordinal == 1 ? Outcome.DISCARDED : Outcome.COMPLETE);
            pipeline.ends(ordinal, ordinal == 1 ? Outcome.FAILED : Outcome.COMPLETE);
        }
        pipeline.ends(4, Outcome.COMPLETE);
        DatasetRequest request = pipeline.request(1);

        assertThat(request.identities()).isEqualTo(4);
        IdentityOutcome[] members = Json.MAPPER.readValue(store.get(request.members()), IdentityOutcome[].class);
        assertThat(Arrays.stream(members)
                        .filter(m -> m.outcome() == Outcome.COMPLETE)
                        .map(IdentityOutcome::ordinal))
                .containsExactly(0L, 2L, 3L, 4L);
        assertThat(members[1].outcome()).isEqualTo(Outcome.DISCARDED);
        Recipe recipe = Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class);
        pipeline.sealed(request, recipe);
        pipeline.evaluated(1, 4);
        awaitState(run, "completed");
        JsonPath end = status(run);
        assertThat(end.getLong("identities.complete")).isEqualTo(4);
        assertThat(end.getLong("identities.discarded")).isEqualTo(1);
        assertThat(done(end, "sampled")).isEqualTo(5);
        assertThat(done(end, "aligned")).isEqualTo(4);
        assertThat(done(end, "encoded")).isEqualTo(4);
        List<RunState> said = new Topic(Topics.RUNS)
                .await(PATIENCE, 3, r -> r.key().equals(run)).stream()
                        .map(r -> RecordDecoder.decode(r, RunEvent.class).state())
                        .toList();
        assertThat(said).containsExactly(RunState.RUNNING, RunState.FINISHING, RunState.COMPLETED);
    }

    @Test
    void whatComesAfterARunIsOverChangesNothing() throws IOException {
        String run = start(RECIPE.replace("identities: 4", "identities: 2"));
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        pipeline.ends(0, Outcome.COMPLETE);
        pipeline.ends(1, Outcome.COMPLETE);
        DatasetRequest request = pipeline.request(1);
        pipeline.sealed(request, Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class));
        pipeline.evaluated(1, 2);
        awaitState(run, "completed");
        JsonPath end = status(run);

        pipeline.encoded(0, "reference");
        pipeline.ends(0, Outcome.FAILED);
        pipeline.evaluated(1, 2);
        new Consumed(admin).awaitAll(Topics.EMBEDDINGS, Topics.IDENTITY_OUTCOMES, Topics.EVALUATIONS);

        assertThat(status(run).<Object>get()).isEqualTo(end.get());
    }

    @Test
    void aRunThatLosesTooManyFailsAndSaysWhy() {
        String run = start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(store, run);

        for (long ordinal = 0; ordinal < 4; ordinal++) {
            pipeline.ends(ordinal, Outcome.DISCARDED);
        }

        awaitState(run, "failed");
        assertThat(status(run).getString("reason"))
                .contains("the recipe allows 3")
                .contains("as played");
    }

    @Test
    void aCancelledRunIsOverForEveryone() {
        String run = start(RECIPE);
        new PlayedPipeline(store, run).context(0, 0);

        given().delete("/runs/" + run).then().statusCode(200);

        awaitState(run, "cancelled");
        new Topic(Topics.RUNS)
                .await(
                        PATIENCE,
                        r -> r.key().equals(run)
                                && RecordDecoder.decode(r, RunEvent.class).state() == RunState.CANCELLED);
    }

    @Test
    void aSilentIdentityIsAnnouncedAgainThreeTimesAndFailsThen() {
        String run = start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        pipeline.context(3, 0);
        pipeline.ends(0, Outcome.COMPLETE);
        awaitStatus(run, status -> status.getLong("identities.complete") == 1);

        Instant now = Instant.now();
        for (int i = 1; i <= 3; i++) {
            now = now.plus(Duration.ofMinutes(31));
            reannounceStalled(run, now);
            assertThat(pipeline.context(3, i).context())
                    .isEqualTo(pipeline.context(3, 0).context());
        }
        reannounceStalled(run, now.plus(Duration.ofMinutes(31)));

        assertThat(status(run).getLong("identities.failed")).isEqualTo(3);
        assertCountsAreConsistent(run);
    }

    private void reannounceStalled(String run, Instant now) {
        Map<Long, float[]> contexts = new HashMap<>();
        ledger.stalled(run, now).forEach(ordinal -> contexts.put(ordinal, Noise.unitVector(11, ordinal, 512)));
        ledger.reannounce(run, contexts, now);
    }

    @Test
    void aRequestThatCouldNotBeCarriedOutEndsTheRun() {
        String run = start(RECIPE.replace("identities: 4", "identities: 2"));
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        pipeline.ends(0, Outcome.COMPLETE);
        pipeline.ends(1, Outcome.COMPLETE);
        DatasetRequest request = pipeline.request(1);
        Map<String, String> headers = new HashMap<>(EventCodec.headers(request, "test"));
        headers.put(DeadLetterHeaders.REASON, "disk full");

        new Topic(Topics.deadLetters("splitter")).send(run, EventCodec.encode(request), headers);

        awaitState(run, "failed");
        assertThat(status(run).getString("reason")).isEqualTo("splitter: disk full");
    }

    @Test
    void servicesThatIssueAtTheSameTimeIssueEachOrdinalOnce() throws Exception {
        String run = start(RECIPE.replace("identities: 4", "identities: 40"));
        List<Callable<Void>> services = Collections.nCopies(8, () -> {
            Ledger.Due due = ledger.due(run);
            List<float[]> contexts = new ArrayList<>();
            for (int i = 0; i < due.count(); i++) {
                contexts.add(Noise.unitVector(11, due.from() + i, 512));
            }
            ledger.issue(run, due, contexts, Instant.now());
            return null;
        });

        ExecutorService threads = Executors.newFixedThreadPool(services.size());
        for (Future<Void> issued : threads.invokeAll(services)) {
            issued.get();
        }
        threads.shutdown();

        awaitStatus(run, status -> status.getLong("identities.issued") == 40);
        assertThat(new PlayedPipeline(store, run).announced(40)).doesNotHaveDuplicates();
    }

    @Test
    void whileOneServiceSendsWhatTheOutboxHoldsNoOtherDoes() {
        AtomicReference<Boolean> otherSent = new AtomicReference<>();
        Consumer<List<ProducerRecord<String, byte[]>>> sender = records -> {
            otherSent.set(CompletableFuture.supplyAsync(() -> outbox.sendFirst(publisher::send))
                    .join());
            publisher.send(records);
        };

        // the service's own relay may have been quicker
        while (otherSent.get() == null) {
            start(RECIPE);
            outbox.sendFirst(sender);
        }

        assertThat(otherSent.get()).isFalse();
    }
}
