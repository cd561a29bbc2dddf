package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.facemill.cli.CommandException;
import org.facemill.cli.RunStatus;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.RunState;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
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
    private static final String SMALL_RUN = """
            identities: 4
            images: 4
            seed: 7
            sampling: {sampler: painter}
            """;

    private Pipeline pipeline;
    private String undisturbedDigest;

    @BeforeAll
    void start(@TempDir Path state) throws Exception {
        pipeline = Pipeline.start(state);
        String run = pipeline.runs().submit(SMALL_RUN).run();
        pipeline.await(run, status -> status.state() == RunState.COMPLETED);
        undisturbedDigest = manifest(run).path("digest").asText();
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    @Test
    void aRunGivesExactlyNIdentitiesOfMAlignedImages() throws Exception {
        String run = pipeline.runs().submit(SMALL_RUN).run();

        RunStatus end = pipeline.await(run, status -> status.state().terminal());

        assertThat(end.state()).as(end.reason()).isEqualTo(RunState.COMPLETED);
        Map<String, byte[]> files = pipeline.objects(Buckets.DATASETS, Buckets.dataset(run, 1) + "folder/");
        assertThat(files.keySet()).hasSize(IDENTITIES * IMAGES).allMatch(name -> name.matches("\\d+/\\d+\\.png"));
        assertThat(files.keySet().stream().map(name -> name.substring(0, name.indexOf('/'))).distinct()).hasSize(IDENTITIES);
        files.forEach((name, png) -> {
            RgbImage image = Images.decode(png, name, Limits.DEFAULT);
            assertThat(image.width()).isEqualTo(112);
            assertThat(image.height()).isEqualTo(112);
        });
    }

    @Test
    void theSameRecipeGivesTheSameDataset() throws Exception {
        String run = pipeline.runs().submit(SMALL_RUN).run();

        pipeline.await(run, status -> status.state() == RunState.COMPLETED);

        assertThat(manifest(run).path("digest").asText()).hasSize(64).isEqualTo(undisturbedDigest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"context-service", "painter-sampler", "aligner-service", "splitter-service", "evaluator-service", "broker", "store"})
    void aRunCompletesWithTheSameDigestWhen(String killed) throws Exception {
        String run = pipeline.runs().submit(SMALL_RUN).run();

        pipeline.killAndAwait(killed);
        RunStatus end = pipeline.await(run, status -> status.state().terminal());

        assertThat(end.state()).as(end.reason()).isEqualTo(RunState.COMPLETED);
        assertThat(manifest(run).path("digest").asText()).isEqualTo(undisturbedDigest);
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
                .hasMessageContaining("identities");
        assertThatThrownBy(() -> pipeline.runs().submit(recipe.replace("identities: 0", "identities: 4")))
                .hasMessageContaining("sampling.sampler")
                .hasMessageContaining("nobody")
                .hasMessageContaining("alignment.aligner")
                .hasMessageContaining("no-one");
    }

    @Test
    void aRunPastMaxFailuresEndsAndSaysWhy() throws Exception {
        String noFaceIsLargeEnough = SMALL_RUN + """
                alignment: {minFaceSize: 4096}
                maxFailures: 3
                """;

        String run = pipeline.runs().submit(noFaceIsLargeEnough).run();
        RunStatus end = pipeline.await(run, status -> status.state().terminal());

        assertThat(end.state()).isEqualTo(RunState.FAILED);
        assertThat(end.reason()).isNotBlank();
    }

    private JsonNode manifest(String run) throws Exception {
        return Json.MAPPER.readTree(pipeline.object(Buckets.DATASETS, Buckets.manifest(run, 1)));
    }
}
