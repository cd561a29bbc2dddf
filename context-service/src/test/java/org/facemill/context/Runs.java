package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs as their users see them. */
final class Runs {

    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final String RECIPE = """
            identities: 4
            images: 4
            seed: 11
            max_failures: 3
            sampling: {sampler: played}
            alignment: {aligner: played}
            """;

    private Runs() {}

    static ValidatableResponse post(String recipe) {
        return given().contentType("application/yaml")
                .body(recipe.getBytes(StandardCharsets.UTF_8))
                .post("/runs")
                .then();
    }

    static String start(String recipe) {
        return post(recipe).statusCode(201).extract().path("run");
    }

    static JsonPath status(String run) {
        return given().get("/runs/" + run).then().statusCode(200).extract().jsonPath();
    }

    static String state(String run) {
        return status(run).getString("state");
    }

    static void awaitState(String run, String state) {
        await().atMost(PATIENCE).until(() -> state(run).equals(state));
        assertCountsAreConsistent(run);
    }

    static void awaitStatus(String run, Predicate<JsonPath> holds) {
        await().atMost(PATIENCE).until(() -> holds.test(status(run)));
        assertCountsAreConsistent(run);
    }

    static long done(JsonPath status, String stage) {
        return status.getLong("stages.find { it.stage == '" + stage + "' }.done");
    }

    static long total(JsonPath status, String stage) {
        return status.getLong("stages.find { it.stage == '" + stage + "' }.total");
    }

    static void assertCountsAreConsistent(String run) {
        JsonPath status = status(run);
        Map<String, Number> identities = status.getMap("identities");
        long sum = List.of("complete", "discarded", "failed", "surplus", "cancelled", "in_flight").stream()
                .mapToLong(name -> identities.get(name).longValue())
                .sum();
        assertThat(sum).isEqualTo(identities.get("issued").longValue());
        List<String> stages = status.getList("stages.stage");
        for (String stage : stages) {
            assertThat(done(status, stage)).as(stage).isLessThanOrEqualTo(total(status, stage));
            if (status.getString("state").equals("completed")) {
                assertThat(done(status, stage)).as(stage).isEqualTo(total(status, stage));
            }
        }
    }
}
