package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ArtefactsTest {

    private static final byte[] WEIGHTS = "0123456789".getBytes(StandardCharsets.UTF_8);

    @Inject
    ObjectStore store;

    @BeforeEach
    void storeSome() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
        store.put(Buckets.MODELS, "tiny/unet.safetensors", WEIGHTS);
        store.put(Buckets.MODELS, "tiny/MODEL_CARD.md", "# tiny".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=2-4, 206, 234, bytes 2-4/10",
        "bytes=7-, 206, 789, bytes 7-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=0-99, 206, 0123456789, bytes 0-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=4-2, 416, '', bytes */10"
    })
    void aPartOfAnObjectCanBeAskedFor(String range, int status, String part, String contentRange) {
        String body = given().header("Range", range)
                .get("/artefacts/models/tiny/unet.safetensors")
                .then()
                .statusCode(status)
                .header("Content-Range", contentRange)
                .extract()
                .asString();

        assertThat(body).isEqualTo(part);
    }

    @Test
    void objectsAreListedAndServedWholeAndNoOtherBucketIs() {
        given().get("/artefacts/models").then().statusCode(200).body("key", hasItem("tiny/unet.safetensors"));
        byte[] whole = given().get("/artefacts/models/tiny/unet.safetensors")
                .then()
                .statusCode(200)
                .header("Content-Length", equalTo("10"))
                .header("Accept-Ranges", "bytes")
                .extract()
                .asByteArray();
        assertThat(whole).isEqualTo(WEIGHTS);
        given().get("/artefacts/models/tiny/absent").then().statusCode(404);
        given().get("/artefacts/runs").then().statusCode(404);
        given().get("/artefacts/jobs/x").then().statusCode(404);
    }

    @Test
    void aReportMayShowItselfAndDoNothing() {
        store.put(Buckets.EVALUATIONS, "r/v1/report.html", "<h1>r</h1>".getBytes(StandardCharsets.UTF_8));

        given().get("/artefacts/evaluations/r/v1/report.html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'");
    }

    @Test
    void aDatasetIsShownWithWhatItWasMadeOfAndItsFiles() throws IOException {
        String run = complete("tiny");
        String other = Runs.start(Runs.RECIPE.replace("seed: 11", "seed: 12"));
        store.putJson(
                Buckets.DATASETS,
                Buckets.manifest(run, 1),
                Map.of("digest", "cd".repeat(32), "formats", List.of("folder", "recordio"), "origins", List.of()));
        store.put(Buckets.DATASETS, Buckets.dataset(run, 1) + "recordio/train.rec", WEIGHTS);

        try (Browser browser = Browser.open()) {
            browser.at("/artefacts").awaitText(run).clickIn("details", run);
            browser.awaitText("cd".repeat(32)).awaitText("recordio/train.rec").awaitText("10 bytes");
            browser.assertSound();
            browser.shoot("artefacts");

            browser.at("/compare?runs=" + run + "," + other)
                    .awaitText("What the recipes differ in")
                    .awaitText("12");
            assertThat(browser.text())
                    .contains("seed", "sampling.model", "tiny")
                    .doesNotContain("min_face_size");
            browser.assertSound();
            browser.shoot("compare");
        }
    }

    private String complete(String model) throws IOException {
        String run = Runs.start(Runs.RECIPE.replace("sampler: played", "sampler: played, model: " + model));
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        for (int ordinal = 0; ordinal < 4; ordinal++) {
            pipeline.ends(ordinal, Outcome.COMPLETE);
        }
        DatasetRequest request = pipeline.request(1);
        pipeline.sealed(request, Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class));
        pipeline.evaluated(1, 4);
        Runs.awaitState(run, "completed");
        return run;
    }
}
