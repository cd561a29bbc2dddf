package org.facemill.ldmtrainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.platform.job.Job;
import org.facemill.platform.job.JobLease;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class TrainingResourceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String model = "posted-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    @Test
    void aPostedRecipeTrainsToTheEnd() {
        String run = submit(TinyRecipes.latents());

        awaitState(run, "done");

        JsonPath end = status(run);
        assertThat(end.getString("model")).isEqualTo(model);
        assertThat(end.getList("files.key")).contains(model + "/config.yaml", model + "/unet.safetensors");
        assertThat(end.getString("progress.stage")).isEqualTo("denoiser");
        assertThat(end.getLong("progress.step")).isEqualTo(4);
        assertThat(end.getLong("progress.steps")).isEqualTo(4);
        assertThat(end.getDouble("progress.metrics.loss")).isPositive();
        assertThat(store.exists(Buckets.RUNS, end.getString("samples"))).isTrue();
        given().get("/trainings").then().statusCode(200).body("run", hasItem(run));
        post(model, TinyRecipes.pixels())
                .statusCode(409)
                .body("detail", containsString("has a model `" + model + "` already"));
        given().delete("/trainings/" + run).then().statusCode(202);
        assertThat(status(run).getString("state")).isEqualTo("done");
    }

    @Test
    void aCancelledTrainingIsDropped() {
        ObjectNode endless = TinyRecipes.pixels();
        ((ObjectNode) endless.get("training")).put("steps", 1_000_000);
        String run = submit(endless);
        await().atMost(PATIENCE).until(() -> status(run).get("progress") != null);
        assertThat(status(run).getString("state")).isEqualTo("training");
        assertThat(status(run).getDouble("progress.seconds_left")).isPositive();
        post(model, TinyRecipes.pixels()).statusCode(409).body("detail", containsString("training " + run));

        given().delete("/trainings/" + run).then().statusCode(202);

        awaitState(run, "cancelled");
        new Topic(Topics.RUNS)
                .await(
                        PATIENCE,
                        r -> r.key().equals(run)
                                && RecordDecoder.decode(r, RunEvent.class).state() == RunState.CANCELLED);
        await().atMost(PATIENCE)
                .until(() -> store.list(Buckets.JOBS, "requests/").stream().noneMatch(key -> key.contains(run)));
        assertThat(status(run).getList("files")).isEmpty();
        assertThat(status(run).getString("state")).isEqualTo("cancelled");
    }

    @Test
    void aTrainingThatFailsSaysWhy() {
        ObjectNode recipe = TinyRecipes.pixels();
        ((ObjectNode) recipe.get("model")).put("context_input_channels", 100);
        String run = submit(recipe);

        awaitState(run, "failed");

        assertThat(status(run).getString("reason")).contains("model.context_input_channels: 100");
    }

    @Test
    void aTrainingOfAnotherProcessShowsToo() {
        LdmJob request = new LdmJob(model, model, LdmRecipes.parse(TinyRecipes.pixels()));
        Job job = GeneratorTraining.KIND.job(request);
        store.putJson(Buckets.JOBS, Buckets.training(model), request);
        assertThat(status(model).getString("state")).isEqualTo("waiting");

        store.putJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), 1), new JobLease.Content("another", 7, 0, 1));

        assertThat(status(model).getString("state")).isEqualTo("training");
    }

    @Test
    void aTrainingThatTheTopicAskedForShowsToo() {
        String rival = model + "-rival";
        new Topic(Topics.LDM_JOBS).send(new LdmJob(model, model, LdmRecipes.parse(TinyRecipes.pixels())));
        await().atMost(PATIENCE).until(() -> given().get("/trainings/" + model).statusCode() == 200);
        awaitState(model, "done");

        new Topic(Topics.LDM_JOBS).send(new LdmJob(rival, model, LdmRecipes.parse(TinyRecipes.pixels())));

        await().atMost(PATIENCE).until(() -> given().get("/trainings/" + rival).statusCode() == 200);
        awaitState(rival, "failed");
        assertThat(status(rival).getString("reason")).contains("already");
    }

    @Test
    void aRecipeIsRefusedWholeWithEachFaultByPath() {
        ObjectNode faulty = TinyRecipes.pixels().put("image_size", 1);
        ((ObjectNode) faulty.get("training")).put("steps", "many");
        ObjectNode absent = TinyRecipes.pixels();
        ((ObjectNode) absent.get("data")).remove("painted");
        absent.withObject("/data/folder").put("images", "datasets/nowhere").put("contexts", "attic/nobody.npz");

        post(model, faulty)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("faults.path", hasItems("$.image_size", "$.training.steps"));
        post(model, absent)
                .statusCode(400)
                .body("faults.path", hasItems("$.data.folder.images", "$.data.folder.contexts"));
        given().contentType("application/yaml")
                .body("seed: [".getBytes(StandardCharsets.UTF_8))
                .queryParam("model", model)
                .post("/trainings")
                .then()
                .statusCode(400)
                .body("faults[0].message", containsString("no valid YAML or JSON"));
        assertThat(store.list(Buckets.JOBS, "").stream().filter(key -> key.contains(model)))
                .isEmpty();
    }

    @Test
    void aModelNeedsAName() {
        given().contentType("application/json")
                .body(TinyRecipes.pixels().toString())
                .post("/trainings")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("?model="));
        post("../demo", TinyRecipes.pixels()).statusCode(400).body("detail", containsString("?model="));
    }

    @Test
    void anUnknownTrainingIsNotFoundAndTheInterfaceIsDescribed() {
        given().get("/trainings/absent").then().statusCode(404).contentType("application/problem+json");
        given().delete("/trainings/absent").then().statusCode(404).body("detail", containsString("no training absent"));
        JsonPath api = given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Facemill trainings"))
                .body("components.responses.rival.content", hasKey("application/problem+json"))
                .body("components.schemas", hasKey("Problem"))
                .body("paths.'/trainings'.post.responses.'201'.$ref", equalTo("#/components/responses/training"))
                .body("paths.'/trainings'.get.responses", hasKey("default"))
                .extract()
                .jsonPath();
        LdmRecipes.read(api.getString("components.examples.recipe.value"));
    }

    private String submit(JsonNode recipe) {
        ValidatableResponse response =
                post(model, recipe).statusCode(201).body("run", matchesPattern(Names.RUN_PATTERN));
        String run = response.extract().path("run");
        response.header("Location", containsString("/trainings/" + run));
        return run;
    }

    private static ValidatableResponse post(String model, JsonNode recipe) {
        return given().contentType("application/json")
                .queryParam("model", model)
                .body(recipe.toString())
                .post("/trainings")
                .then();
    }

    private static void awaitState(String run, String state) {
        await().atMost(PATIENCE).until(() -> status(run).getString("state"), state::equals);
    }

    private static JsonPath status(String run) {
        return given().get("/trainings/" + run).then().statusCode(200).extract().jsonPath();
    }
}
