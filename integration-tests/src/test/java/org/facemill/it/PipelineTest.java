package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Services;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.event.RunState;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users rely on: exactly N identities of M images, the same bytes whatever is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {

    private static final int IDENTITIES = 4;
    private static final int IMAGES = 4;
    private static final int CONTEXT = 512;
    private static final String SMALL_RUN = """
            identities: 4
            images: 4
            seed: 7
            sampling: {sampler: painter}
            """;

    private static final String LARGER_RUN = SMALL_RUN.replace("identities: 4", "identities: 12");
    private static final String RUN_WITH_TRAINING = SMALL_RUN + """
            training: {enabled: true, holdout: 2, epochs: 40, batch_size: 4, head: {scale: 16}, schedule: {base: 0.01, milestones: []}}
            """;
    /** So few steps make no face that a detector would find. */
    private static final String NETWORKS_RUN = """
            identities: 4
            images: 2
            sampling: {sampler: diffusion, method: ddim, steps: 2, spare: 0}
            alignment: {policy: resize}
            """;

    private final Map<String, String> undisturbedRuns = new HashMap<>();
    private Pipeline pipeline;

    @BeforeAll
    void start(@TempDir Path state) throws Exception {
        pipeline = Pipeline.start(state);
        pipeline.putModel("demo");
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    @Test
    void aRunGivesExactlyNIdentitiesOfMAlignedImages() throws Exception {
        String run = pipeline.complete(SMALL_RUN);

        Map<String, byte[]> files = pipeline.images(run);
        assertThat(files.keySet()).hasSize(IDENTITIES * IMAGES).allMatch(name -> name.matches("\\d+/\\d+\\.png"));
        assertThat(files.keySet().stream()
                        .map(name -> name.substring(0, name.indexOf('/')))
                        .distinct())
                .hasSize(IDENTITIES);
        files.forEach((name, png) -> {
            RgbImage image = Images.decode(png, name, Limits.DEFAULT);
            assertThat(image.width()).isEqualTo(112);
            assertThat(image.height()).isEqualTo(112);
        });
    }

    @Test
    void theManifestNamesWhoMadeAndWhoAlignedTheImages() throws Exception {
        JsonNode origins = pipeline.manifest(undisturbed(SMALL_RUN)).path("origins");

        assertThat(origins).hasSize(1);
        assertThat(origins.at("/0/sampler/name").asText()).isEqualTo("painter");
        assertThat(origins.at("/0/sampler/version").asText()).isNotBlank();
        assertThat(origins.at("/0/aligner/name").asText()).isEqualTo("mtcnn");
        assertThat(origins.at("/0/aligner/version").asText()).isNotBlank();
        assertThat(origins.at("/0/aligner/sha256").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameRecipeGivesTheSameDataset() throws Exception {
        String first = pipeline.digest(undisturbed(SMALL_RUN));

        assertThat(pipeline.digest(pipeline.complete(SMALL_RUN))).hasSize(64).isEqualTo(first);
    }

    @Test
    void whatServicesCountIsOnThePageOfMetrics() throws Exception {
        undisturbed(SMALL_RUN);
        String page = Files.readString(Path.of(System.getProperty("facemill.root"), "docs/metrics.md"));

        assertThat(pipeline.metrics())
                .contains("facemill_records_total", "facemill_work_seconds", "facemill_in_flight")
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    @Test
    void noLogTellsTheStoresSecret() throws Exception {
        undisturbed(SMALL_RUN);

        assertThat(pipeline.logs())
                .hasSizeGreaterThanOrEqualTo(Services.forDatasets().size())
                .allSatisfy((program, log) -> assertThat(log)
                        .as(program)
                        .doesNotContain(pipeline.endpoints().secretKey()));
    }

    /** Painted pixels and pixels that are only resized depend on no device: whoever changes these bytes has changed the product. */
    @Test
    void aRecipesDatasetStaysAsItWasInVersion01() throws Exception {
        String run = pipeline.complete(SMALL_RUN + "alignment: {policy: resize, min_face_size: 4096}\n");

        assertThat(pipeline.digest(run)).isEqualTo("a2c2f2d54f97d45c6981095469e5b99df88c8bde6887af777e23b34b26d77da8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context-service",
                "painter-sampler",
                "aligner-service",
                "splitter-service",
                "evaluator-service",
                "broker",
                "store"
            })
    void aRunCompletesWithTheSameDigestWhen(String killed) throws Exception {
        String undisturbed = undisturbed(SMALL_RUN);
        String run = pipeline.runs().submit(SMALL_RUN).run();

        pipeline.killAndAwait(killed);

        assertThat(pipeline.digest(pipeline.completed(run))).isEqualTo(pipeline.digest(undisturbed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"context-service", "evaluator-service"})
    void anExtendedRunGivesTheDatasetAndTheFiguresOfOneBegunWithAsManyWhen(String killed) throws Exception {
        String run = pipeline.complete(SMALL_RUN);
        String before = pipeline.digest(run);

        pipeline.runs().extend(run, 12);
        pipeline.killAndAwait(killed);
        pipeline.completed(run);

        String begunLarger = undisturbed(LARGER_RUN);
        assertThat(pipeline.digest(run)).isEqualTo(before);
        assertThat(pipeline.manifest(run, 2).path("digest").asText()).isEqualTo(pipeline.digest(begunLarger));
        assertThat(report(run, 2).path("metrics"))
                .isNotEmpty()
                .isEqualTo(report(begunLarger, 1).path("metrics"));
    }

    @Test
    void aRunCompletesWithTheSameDigestWhenTheNetworksSamplerIsKilled() throws Exception {
        String undisturbed = undisturbed(NETWORKS_RUN);
        String run = pipeline.runs().submit(NETWORKS_RUN).run();

        pipeline.awaitBegun(run, "sampled");
        pipeline.killAndAwait("sampler-service");

        assertThat(pipeline.digest(pipeline.completed(run))).isEqualTo(pipeline.digest(undisturbed));
    }

    @Test
    void aTrainerThatIsKilledGoesOnToTheSameRecogniser() throws Exception {
        String undisturbed = undisturbed(RUN_WITH_TRAINING);
        String run = pipeline.runs().submit(RUN_WITH_TRAINING).run();

        pipeline.awaitBegun(run, "trained");
        pipeline.killAndAwait("fr-trainer-service");

        assertThat(pipeline.digest(pipeline.completed(run))).isEqualTo(pipeline.digest(undisturbed));
        assertThat(recogniser(run)).isEqualTo(recogniser(undisturbed));
    }

    @Test
    void anOrderlyEndOfAllServicesFailsNothing() throws Exception {
        List<String> undisturbed =
                List.of(undisturbed(RUN_WITH_TRAINING), undisturbed(LARGER_RUN), undisturbed(NETWORKS_RUN));
        String trained = pipeline.runs().submit(RUN_WITH_TRAINING).run();
        pipeline.awaitBegun(trained, "trained");
        String painted = pipeline.runs().submit(LARGER_RUN).run();
        String sampled = pipeline.runs().submit(NETWORKS_RUN).run();
        pipeline.awaitBegun(painted, "aligned");

        pipeline.stopAndAwait(Services.forDatasets());

        List<String> disturbed =
                List.of(pipeline.completed(trained), pipeline.completed(painted), pipeline.completed(sampled));
        for (int i = 0; i < disturbed.size(); i++) {
            assertThat(pipeline.digest(disturbed.get(i))).isEqualTo(pipeline.digest(undisturbed.get(i)));
            assertThat(pipeline.runs().status(disturbed.get(i)).identities().getOrDefault("failed", 0L))
                    .isZero();
        }
        assertThat(recogniser(trained)).isEqualTo(recogniser(undisturbed.get(0)));
    }

    @Test
    void twoOfEachWorkerShareARunAndJudgeItAsOneDoes(@TempDir Path state) throws Exception {
        List<String> workers = List.of("painter-sampler", "aligner-service", "splitter-service", "evaluator-service");
        String alone = undisturbed(LARGER_RUN);

        try (Machine more = pipeline.startMore(state, workers)) {
            String shared = pipeline.complete(LARGER_RUN);

            assertThat(pipeline.digest(shared)).isEqualTo(pipeline.digest(alone));
            assertThat(report(shared).path("metrics"))
                    .isNotEmpty()
                    .isEqualTo(report(alone).path("metrics"));
            for (String worker : workers) {
                assertThat(Pipeline.recordsDone(more.url(worker))).as(worker).isPositive();
            }
        }
    }

    @Test
    void contextsFromAFileMakeTheRunsIdentitiesInWhateverFormatTheyAre(@TempDir Path folder) throws Exception {
        Map<String, Tensor> contexts = new LinkedHashMap<>();
        float[] rows = new float[IDENTITIES * CONTEXT];
        for (int i = 0; i < IDENTITIES; i++) {
            float[] context = Noise.unitVector(1000, i, CONTEXT);
            System.arraycopy(context, 0, rows, i * CONTEXT, CONTEXT);
            contexts.put("person-" + i, Tensor.of(new long[] {CONTEXT}, context));
        }
        Npy.write(folder.resolve("rows.npy"), Tensor.of(new long[] {IDENTITIES, CONTEXT}, rows));
        Npz.write(folder.resolve("named.npz"), contexts);
        Safetensors.write(folder.resolve("named.safetensors"), contexts, Map.of());

        Set<String> digests = new HashSet<>();
        for (String file : List.of("rows.npy", "named.npz", "named.safetensors")) {
            pipeline.put(Buckets.CONTEXTS, file, Files.readAllBytes(folder.resolve(file)));
            digests.add(
                    pipeline.digest(pipeline.complete(SMALL_RUN + "contexts: {source: file, file: " + file + "}\n")));
        }

        assertThat(digests).hasSize(1).doesNotContain(pipeline.digest(undisturbed(SMALL_RUN)));
    }

    @Test
    void aRecipeWithErrorsIsRefusedWholeWithEachFaultNamed() {
        String recipe = """
                identities: 0
                images: 4
                sampling: {sampler: nobody}
                alignment: {aligner: no-one}
                """;

        assertThatThrownBy(() -> pipeline.runs().submit(recipe))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("identities")
                .hasMessageContaining("sampling.sampler")
                .hasMessageContaining("nobody")
                .hasMessageContaining("alignment.aligner")
                .hasMessageContaining("no-one");
    }

    @Test
    void aRunPastMaxFailuresEndsAndSaysWhy() throws Exception {
        String noFaceIsLargeEnough = SMALL_RUN + """
                alignment: {min_face_size: 4096}
                max_failures: 3
                """;

        String run = pipeline.runs().submit(noFaceIsLargeEnough).run();
        RunStatus end = pipeline.await(run, status -> status.state().terminal());

        assertThat(end.state()).isEqualTo(RunState.FAILED);
        assertThat(end.reason()).isNotBlank();
    }

    /** A run by a recipe that nothing disturbs; one for all tests. */
    private String undisturbed(String recipe) throws Exception {
        if (!undisturbedRuns.containsKey(recipe)) {
            undisturbedRuns.put(recipe, pipeline.complete(recipe));
        }
        return undisturbedRuns.get(recipe);
    }

    private JsonNode report(String run) throws Exception {
        return report(run, 1);
    }

    private JsonNode report(String run, int version) throws Exception {
        return Json.MAPPER.readTree(
                pipeline.object(Buckets.EVALUATIONS, Buckets.evaluation(run) + "v" + version + "/report.json"));
    }

    private byte[] recogniser(String run) throws Exception {
        return pipeline.object(Buckets.MODELS, Buckets.model(Buckets.frModelName(run, 1)) + "model.safetensors");
    }
}
