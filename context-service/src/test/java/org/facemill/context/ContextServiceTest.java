package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetter;
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
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ContextServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String RECIPE = """
            identities: 4
            images: 4
            seed: 11
            max_failures: 3
            sampling: {sampler: played}
            alignment: {aligner: played}
            """;

    @Inject
    ObjectStore store;

    @Inject
    Ledger ledger;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"), Topics.deadLetters("splitter"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void aRunEndsWithExactlyNWhateverTheOrderAndHoweverOftenThingsAreSaid() throws IOException {
        String run = start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(run);
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
        pipeline.judged(1, 4);
        await().atMost(PATIENCE).until(() -> state(run).equals("completed"));
        assertSumHolds(run);
        JsonPath end = status(run);
        assertThat(end.getLong("identities.complete")).isEqualTo(4);
        assertThat(end.getLong("identities.discarded")).isEqualTo(1);
        // a topic that is new is read a little later than those that were there
        await().atMost(PATIENCE).until(() -> status(run).getLong("stages.find { it.stage == 'sampled' }.done") == 4);
        List<RunState> said = new Topic(Topics.RUNS)
                .await(PATIENCE, 3, r -> r.key().equals(run)).stream()
                        .map(r -> RecordDecoder.decode(r, RunEvent.class).state())
                        .toList();
        assertThat(said).containsExactly(RunState.RUNNING, RunState.FINISHING, RunState.COMPLETED);
    }

    @Test
    void aRunThatLosesTooManyFailsAndSaysWhy() {
        String run = start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(run);

        for (long ordinal = 0; ordinal < 4; ordinal++) {
            pipeline.ends(ordinal, Outcome.DISCARDED);
        }

        await().atMost(PATIENCE).until(() -> state(run).equals("failed"));
        assertThat(status(run).getString("reason"))
                .contains("the recipe allows 3")
                .contains("as played");
        assertSumHolds(run);
    }

    @Test
    void aCancelledRunIsOverForEveryone() {
        String run = start(RECIPE);
        new PlayedPipeline(run).context(0, 0);

        given().delete("/runs/" + run).then().statusCode(200);

        assertThat(state(run)).isEqualTo("cancelled");
        assertSumHolds(run);
        new Topic(Topics.RUNS)
                .await(
                        PATIENCE,
                        r -> r.key().equals(run)
                                && RecordDecoder.decode(r, RunEvent.class).state() == RunState.CANCELLED);
    }

    @Test
    void aSilentIdentityIsAnnouncedAgainThreeTimesAndFailsThen() {
        String run = start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(run);
        pipeline.context(3, 0);
        pipeline.ends(0, Outcome.COMPLETE);
        await().atMost(PATIENCE).until(() -> status(run).getLong("identities.complete") == 1);
        Recipe recipe = Recipes.parse(Json.MAPPER
                .createObjectNode()
                .put("identities", 4)
                .put("images", 4)
                .set("sampling", Json.MAPPER.createObjectNode().put("sampler", "played")));

        Instant now = Instant.now();
        for (int i = 1; i <= 3; i++) {
            now = now.plus(Duration.ofMinutes(31));
            ledger.remind(run, recipe, ContextSource.uniform(11), now);
            assertThat(pipeline.context(3, i).context())
                    .isEqualTo(pipeline.context(3, 0).context());
        }
        ledger.remind(run, recipe, ContextSource.uniform(11), now.plus(Duration.ofMinutes(31)));

        assertThat(status(run).getLong("identities.failed")).isEqualTo(3);
        assertSumHolds(run);
    }

    @Test
    void aVitalDeadLetterOfARunEndsIt() {
        String run = start(RECIPE);
        DatasetRequest request = new DatasetRequest(
                run, 1, 4, store.put("runs", run + "/x", new byte[0]), store.put("runs", run + "/x", new byte[0]));
        Map<String, String> headers = new HashMap<>(EventCodec.headers(request, "test"));
        headers.put(DeadLetter.REASON, "disk full");

        new Topic(Topics.deadLetters("splitter")).send(run, "{}".getBytes(StandardCharsets.UTF_8), headers);

        await().atMost(PATIENCE).until(() -> state(run).equals("failed"));
        assertThat(status(run).getString("reason")).isEqualTo("splitter: disk full");
    }

    @Test
    void aRecipeIsRefusedWholeWithEachFaultByPath() {
        String recipe = """
                {"identities": 0, "images": 4, "sampling": {"sampler": "nobody", "model": "none", "steps": "many"},
                 "alignment": {"aligner": 7}, "evaluation": {"benchmarks": ["lfw"]}, "contexts": {"source": "file", "file": "absent.npy"}}
                """;

        given().contentType("application/json")
                .body(recipe)
                .post("/runs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body(
                        "faults.path",
                        containsInAnyOrder(
                                "$.identities",
                                "$.sampling.steps",
                                "$.sampling.sampler",
                                "$.sampling.model",
                                "$.alignment.aligner",
                                "$.evaluation.benchmarks[0]",
                                "$.contexts.file"));
        given().contentType("application/yaml")
                .body("identities: [".getBytes(StandardCharsets.UTF_8))
                .post("/runs")
                .then()
                .statusCode(400)
                .body("faults[0].message", containsString("no valid YAML or JSON"));
        given().contentType("application/yaml")
                .body((RECIPE + "seed: 12\n").getBytes(StandardCharsets.UTF_8))
                .post("/runs")
                .then()
                .statusCode(400)
                .body("faults[0].message", containsString("'seed'"));
    }

    @Test
    void whatARecipeNamesMustBeThere() {
        String recipe = """
                identities: 4
                images: 4
                sampling: {sampler: nobody, model: none}
                alignment: {aligner: no-one}
                contexts: {source: file, file: absent.npy}
                evaluation: {encoder: unknown, benchmarks: [lfw]}
                """;

        given().contentType("application/yaml")
                .body(recipe.getBytes(StandardCharsets.UTF_8))
                .post("/runs")
                .then()
                .statusCode(400)
                .body(
                        "faults.path",
                        hasItems(
                                "$.sampling.sampler",
                                "$.sampling.model",
                                "$.alignment.aligner",
                                "$.contexts.file",
                                "$.evaluation.encoder",
                                "$.evaluation.benchmarks[0]"));
    }

    @Test
    void aContextsFileMustFitTheRecipe(@TempDir Path folder) throws IOException {
        Npy.write(folder.resolve("rows.npy"), Tensor.of(new long[] {8, 128}, Noise.unitVector(1, 0, 8 * 128)));
        Npz.write(folder.resolve("named.npz"), Map.of("ada", vector(1), "bob", vector(2)));
        Npz.write(folder.resolve("mixed.npz"), Map.of("ada", vector(1), "bob", Tensor.of(new long[] {3}, 1, 0, 0)));
        Files.writeString(folder.resolve("notes.npy"), "these are no contexts");
        for (String file : List.of("rows.npy", "named.npz", "mixed.npz", "notes.npy")) {
            store.upload(Buckets.CONTEXTS, file, folder.resolve(file));
        }

        assertThat(refusal("rows.npy"))
                .contains("$.contexts.file: contexts/rows.npy")
                .contains("128 values")
                .contains("512");
        assertThat(refusal("named.npz")).contains("$.identities: 4 are wanted, named.npz holds 2");
        assertThat(refusal("mixed.npz"))
                .contains("$.contexts.file: contexts/mixed.npz")
                .contains("values, the first has");
        assertThat(refusal("notes.npy")).contains("$.contexts.file: contexts/notes.npy");
        assertThat(refusal("absent.npy")).contains("$.contexts.file").contains("contexts/absent.npy");
    }

    private static Tensor vector(long ordinal) {
        return Tensor.of(new long[] {512}, Noise.unitVector(1, ordinal, 512));
    }

    private static String refusal(String contextsFile) {
        String recipe = RECIPE + "contexts: {source: file, file: " + contextsFile + "}\n";
        return given().contentType("application/yaml")
                .body(recipe.getBytes(StandardCharsets.UTF_8))
                .post("/runs")
                .then()
                .statusCode(400)
                .extract()
                .path("detail");
    }

    @Test
    void anUnknownRunIsNotFoundAndTheInterfaceIsDescribed() {
        given().get("/runs/absent").then().statusCode(404).contentType("application/problem+json");
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/runs'.post.summary", containsString("Start a run"));
    }

    private static String start(String recipe) {
        return given().contentType("application/yaml")
                .body(recipe.getBytes(StandardCharsets.UTF_8))
                .post("/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("run");
    }

    private static JsonPath status(String run) {
        return given().get("/runs/" + run).then().statusCode(200).extract().jsonPath();
    }

    private static String state(String run) {
        return status(run).getString("state");
    }

    private static void assertSumHolds(String run) {
        Map<String, Number> identities = status(run).getMap("identities");
        long sum = List.of("complete", "discarded", "failed", "surplus", "cancelled", "in_flight").stream()
                .mapToLong(name -> identities.get(name).longValue())
                .sum();
        assertThat(sum).isEqualTo(identities.get("issued").longValue());
    }
}
