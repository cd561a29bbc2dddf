package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.PATIENCE;
import static org.facemill.context.Runs.RECIPE;
import static org.facemill.context.Runs.awaitState;
import static org.facemill.context.Runs.awaitStatus;
import static org.facemill.context.Runs.start;
import static org.facemill.context.Runs.status;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs go on to more identities. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ExtensionTest {

    private static final String TWO = RECIPE.replace("identities: 4", "identities: 2");

    @Inject
    ObjectStore store;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void aCompletedRunGoesOnToOneMoreVersion() throws IOException {
        String run = start(TWO);
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        pipeline.ends(0, Outcome.COMPLETE);
        pipeline.ends(1, Outcome.COMPLETE);
        complete(pipeline, run, 1, 2);

        extend(run, "{\"identities\": 4}")
                .statusCode(200)
                .body("state", is("running"))
                .body("identities.wanted", is(4))
                .body("versions", is(2));

        assertThat(pipeline.context(2, 0).context()).containsExactly(Noise.unitVector(11, 2, 512));
        pipeline.ends(2, Outcome.COMPLETE);
        pipeline.ends(3, Outcome.COMPLETE);
        DatasetRequest request = complete(pipeline, run, 2, 4);

        assertThat(members(request)).containsExactly(0L, 1L, 2L, 3L);
        Recipe extended = Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class);
        assertThat(extended.identities()).isEqualTo(4);
        assertThat(extended.dataset().versions()).containsExactly(2);
        List<String> said = new Topic(Topics.RUNS)
                .await(PATIENCE, 6, r -> r.key().equals(run)).stream()
                        .map(r -> RecordDecoder.decode(r, RunEvent.class))
                        .map(event -> event.state().name().toLowerCase() + " " + event.identities())
                        .toList();
        assertThat(said)
                .containsExactly("running 2", "finishing 2", "completed 2", "running 4", "finishing 4", "completed 4");
    }

    @Test
    void whatWasInFlightWhenTheRunEndedIsAnnouncedAgain() throws IOException {
        String run = start(RECIPE.replace("identities: 4", "identities: 30").replace("failures: 3", "failures: 60"));
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        // losses, for which more are issued than the dataset needs in the end
        for (long ordinal = 0; ordinal < 20; ordinal++) {
            pipeline.ends(ordinal, Outcome.DISCARDED);
        }
        for (long ordinal = 20; ordinal < 50; ordinal++) {
            pipeline.ends(ordinal, Outcome.COMPLETE);
        }
        complete(pipeline, run, 1, 30);
        assertThat(status(run).getInt("identities.cancelled")).isPositive();

        extend(run, "{\"identities\": 31}").statusCode(200);

        assertThat(pipeline.context(50, 1).context()).containsExactly(Noise.unitVector(11, 50, 512));
        pipeline.ends(50, Outcome.COMPLETE);
        assertThat(members(complete(pipeline, run, 2, 31))).hasSize(31).endsWith(49L, 50L);
    }

    @Test
    void aRunThatIsUnderWayIsExtendedAndStillMakesTheVersionThatItWasBegunFor() throws IOException {
        String run = start(TWO);
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        pipeline.ends(0, Outcome.COMPLETE);

        extend(run, "{\"identities\": 3}").statusCode(200);
        pipeline.ends(1, Outcome.COMPLETE);
        pipeline.ends(2, Outcome.COMPLETE);

        assertThat(members(pipeline.request(1))).containsExactly(0L, 1L);
        assertThat(members(pipeline.request(2))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void askedForTwiceItIsExtendedOnceAndSaysHowManyThereAre() {
        String run = start(TWO);
        extend(run, "{\"identities\": 3}").statusCode(200);

        refused(400, extend(run, "{\"identities\": 3}")).body("detail", containsString("3 given, the run has 3"));
        refused(400, extend(run, "{\"identities\": 2}")).body("detail", containsString("2 given, the run has 3"));

        assertThat(status(run).getInt("versions")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"identities\": \"48\"}",
                "{\"identities\": 4.5}",
                "{\"identities\": 10000001}",
                "{\"identities\": 48, \"images\": 12}"
            })
    void whatIsNoExtensionIsRefused(String body) {
        String run = start(TWO);

        refused(400, extend(run, body));

        assertThat(status(run).getInt("identities.wanted")).isEqualTo(2);
    }

    @Test
    void aRunThatIsCancelledOrUnknownIsNotExtended() {
        String run = start(TWO);
        given().delete("/runs/" + run).then().statusCode(200);

        refused(409, extend(run, "{\"identities\": 4}")).body("detail", containsString("is cancelled"));
        refused(404, extend("absent", "{\"identities\": 4}"));

        awaitState(run, "cancelled");
    }

    @Test
    void aRunWhoseContextsAreTooFewIsNotExtended() {
        store.put(Buckets.CONTEXTS, "three.npy", contexts(3));
        String run = start(TWO + "contexts: {source: file, file: three.npy}\n");

        refused(409, extend(run, "{\"identities\": 4}")).body("detail", containsString("contexts for 3 identities"));
        extend(run, "{\"identities\": 3}").statusCode(200);
    }

    /** Contexts as numpy.save writes them. */
    private static byte[] contexts(int count) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + count + ", 512), }";
        ByteBuffer file = ByteBuffer.allocate(128 + count * 512 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.put("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) 118);
        file.put(String.format("%-117s\n", header).getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < count; i++) {
            for (float value : Noise.unitVector(1, i, 512)) {
                file.putFloat(value);
            }
        }
        return file.array();
    }

    private DatasetRequest complete(PlayedPipeline pipeline, String run, int version, int identities)
            throws IOException {
        DatasetRequest request = pipeline.request(version);
        pipeline.sealed(request, Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class));
        pipeline.evaluated(version, identities);
        awaitState(run, "completed");
        awaitStatus(run, end -> end.getInt("identities.complete") == identities);
        return request;
    }

    private List<Long> members(DatasetRequest request) throws IOException {
        IdentityOutcome[] members = Json.MAPPER.readValue(store.get(request.members()), IdentityOutcome[].class);
        return Arrays.stream(members)
                .filter(member -> member.outcome() == Outcome.COMPLETE)
                .map(IdentityOutcome::ordinal)
                .toList();
    }

    private static ValidatableResponse extend(String run, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/runs/" + run + "/extend")
                .then();
    }

    private static ValidatableResponse refused(int status, ValidatableResponse response) {
        return response.statusCode(status).contentType("application/problem+json");
    }
}
