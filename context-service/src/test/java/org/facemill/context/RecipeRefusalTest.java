package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.RECIPE;
import static org.facemill.context.Runs.post;
import static org.facemill.context.Runs.start;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Noise;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Outcome;
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
class RecipeRefusalTest {

    @Inject
    ObjectStore store;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
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
                                "$.contexts"));
        post("identities: [").statusCode(400).body("faults[0].message", containsString("no valid YAML or JSON"));
        post(RECIPE + "seed: 12\n").statusCode(400).body("faults[0].message", containsString("'seed'"));
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

        post(recipe)
                .statusCode(400)
                .body(
                        "faults.path",
                        hasItems(
                                "$.sampling.sampler",
                                "$.sampling.model",
                                "$.alignment.aligner",
                                "$.contexts",
                                "$.evaluation.encoder",
                                "$.evaluation.benchmarks[0]"));
    }

    @Test
    void aContextsFileMustFitTheRecipe(@TempDir Path folder) throws IOException {
        Npy.write(folder.resolve("rows.npy"), Tensor.of(new long[] {8, 128}, Noise.unitVector(1, 0, 8 * 128)));
        Npz.write(folder.resolve("named.npz"), Map.of("ada", vector(1), "bob", vector(2)));
        Npz.write(folder.resolve("mixed.npz"), Map.of("ada", vector(1), "bob", Tensor.of(new long[] {3}, 1f, 0f, 0f)));
        Files.writeString(folder.resolve("notes.npy"), "these are no contexts");
        for (String file : List.of("rows.npy", "named.npz", "mixed.npz", "notes.npy")) {
            store.upload(Buckets.CONTEXTS, file, folder.resolve(file));
        }

        assertThat(refusal("rows.npy"))
                .contains("$.contexts: contexts/rows.npy")
                .contains("128 values")
                .contains("512");
        assertThat(refusal("named.npz")).contains("$.identities: 4 are wanted, there are contexts for 2");
        assertThat(refusal("mixed.npz"))
                .contains("$.contexts: contexts/mixed.npz")
                .contains("values, the first has");
        assertThat(refusal("notes.npy")).contains("$.contexts: contexts/notes.npy");
        assertThat(refusal("absent.npy")).contains("$.contexts").contains("contexts/absent.npy");
    }

    private static Tensor vector(long ordinal) {
        return Tensor.of(new long[] {512}, Noise.unitVector(1, ordinal, 512));
    }

    private static String refusal(String contextsFile) {
        String recipe = RECIPE + "contexts: {source: file, file: " + contextsFile + "}\n";
        return post(recipe).statusCode(400).extract().path("detail");
    }

    @Test
    void aRunKeepsItsContextsWhateverBecomesOfTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rows.npy");
        Npy.write(file, Tensor.of(new long[] {60, 512}, joined(1, 60)));
        store.upload(Buckets.CONTEXTS, "kept.npy", file);
        String run =
                start(RECIPE.replace("identities: 4", "identities: 60") + "contexts: {source: file, file: kept.npy}\n");
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        assertThat(pipeline.context(47, 0).context()).containsExactly(Noise.unitVector(1, 47, 512));

        Npy.write(file, Tensor.of(new long[] {60, 512}, joined(2, 60)));
        store.upload(Buckets.CONTEXTS, "kept.npy", file);
        pipeline.ends(0, Outcome.COMPLETE);

        assertThat(pipeline.context(48, 0).context()).containsExactly(Noise.unitVector(1, 48, 512));
        assertThat(store.list(Buckets.RUNS, Buckets.contexts(run))).hasSize(1);
    }

    private static float[] joined(long seed, int rows) {
        float[] joined = new float[rows * 512];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(Noise.unitVector(seed, row, 512), 0, joined, row * 512, 512);
        }
        return joined;
    }
}
