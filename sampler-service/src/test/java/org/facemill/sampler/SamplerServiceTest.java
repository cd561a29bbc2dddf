package org.facemill.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.Guidance;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.contracts.recipe.run.GuidanceChoice;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.contracts.recipe.run.Sampling;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the small network of golden/05_sampling, on pixels. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class SamplerServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Recipe RECIPE = Recipes.parse(Json.MAPPER
            .createObjectNode()
            .put("identities", 10)
            .put("images", 4)
            .put("seed", 7));

    private static final byte[] CONFIG =
            "latent_diffusion: false\nconstants: {image_size: 16}\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final Topic contexts = new Topic(Topics.identityContexts("diffusion"));
    private final Topic blocks = new Topic(Topics.CROPS);
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    @BeforeEach
    void storeTheModel() throws IOException {
        Topic.announceRun(run, 4, 10);
        store.put(Buckets.MODELS, "tiny/model.ckpt", Files.readAllBytes(Golden.path("05_sampling/model.ckpt")));
        store.put(Buckets.MODELS, "tiny/config.yaml", CONFIG);
    }

    @Test
    void aContextBecomesABlockOfItsImagesAndTheSpareOnes() {
        contexts.send(context(run, 3, 0, "tiny", "dpm++", 3));

        RawBlock block = announced(3, 0);

        assertThat(block.grid()).isEqualTo(new Grid(16, 4, 6));
        assertThat(block.images()).isEqualTo(4);
        assertThat(block.origin().model()).isEqualTo("tiny");
        assertThat(block.origin().modelSha256()).hasSize(64);
        assertThat(block.origin().device()).matches("(cpu|cuda:\\d+)/\\d+/fp32");
        assertThat(block.origin().sampling())
                .as("what was done, also where the recipe left it open")
                .contains(new ModelSampling("dpm++", 3, 0, Guidance.NONE));
        assertThat(tiles(block)).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void anIdentityWhoseNumbersAreNotFiniteFailsAndLeavesNoBlock() throws IOException {
        store.put(Buckets.MODELS, "broken/unet.safetensors", withNaN(Golden.path("05_sampling/model.ckpt")));
        store.put(Buckets.MODELS, "broken/config.yaml", CONFIG);
        contexts.send(context(run, 9, 0, "broken", "ddim", 2));

        IdentityOutcome outcome = failed(9);

        assertThat(outcome.reason()).contains("image 0 cannot be sampled").contains("NaN");
        assertThat(store.exists(Buckets.BLOCKS, Buckets.block(run, 9))).isFalse();
    }

    private byte[] withNaN(Path checkpoint) throws IOException {
        try (TensorFile file = TensorFile.open(checkpoint)) {
            Map<String, Tensor> weights = new LinkedHashMap<>(file.tensors());
            weights.computeIfPresent("eps_model.image_proj.bias", (name, bias) -> {
                float[] values = bias.floats();
                values[0] = Float.NaN;
                return Tensor.of(bias.shape(), values);
            });
            Path broken = folder.resolve("unet.safetensors");
            Safetensors.write(broken, weights, Map.of());
            return Files.readAllBytes(broken);
        }
    }

    @Test
    void theSameContextGivesTheSameBytesInAnotherRun() {
        String other = run + "b";
        Topic.announceRun(other, 4, 10);
        contexts.send(context(run, 5, 0, "tiny", "ddim", 3));
        RawBlock first = announced(5, 0);

        contexts.send(context(other, 5, 0, "tiny", "ddim", 3));

        RawBlock second = decode(blocks.await(PATIENCE, r -> r.key().equals(other + "/5")));
        assertThat(second.block().sha256()).isEqualTo(first.block().sha256());
    }

    @Test
    void aRepeatedContextIsAnnouncedAgainWithoutSampling() {
        contexts.send(context(run, 4, 0, "tiny", "dpm++", 3));
        RawBlock first = announced(4, 0);
        store.delete(Buckets.BLOCKS, Buckets.block(run, 4));

        contexts.send(context(run, 4, 1, "tiny", "dpm++", 3));

        assertThat(announced(4, 1).block()).isEqualTo(first.block());
        assertThat(store.exists(Buckets.BLOCKS, Buckets.block(run, 4))).isFalse();
    }

    @Test
    void aModelThatIsNotThereFailsTheIdentityAndSaysSo() {
        contexts.send(context(run, 6, 0, "absent", "dpm++", 3));

        assertThat(failed(6).reason()).contains("no model `absent`");
    }

    @Test
    void samplingThatTheNamedModelCannotDoFailsTheIdentityAndSaysWhy() {
        contexts.send(context(run, 10, 0, "tiny", "dpm++", 1001));

        assertThat(failed(10).reason()).contains("steps=1001").contains("1000");

        contexts.send(guided(run, 11, new GuidanceChoice(Optional.of(2.0), Optional.of(1000), Optional.empty())));

        assertThat(failed(11).reason()).contains("no step is guided").contains("0 to 999");
        assertThat(store.exists(Buckets.BLOCKS, Buckets.block(run, 11))).isFalse();
    }

    private IdentityOutcome failed(long ordinal) {
        ConsumerRecord<String, byte[]> record =
                new Topic(Topics.IDENTITY_OUTCOMES).await(PATIENCE, r -> r.key().equals(run + "/" + ordinal));
        IdentityOutcome outcome = RecordDecoder.decode(record, IdentityOutcome.class);
        assertThat(outcome.outcome()).isEqualTo(Outcome.FAILED);
        return outcome;
    }

    @Test
    void aCancelledRunIsLeftBetweenTwoSteps() {
        contexts.send(context(run, 7, 0, "tiny", "ddpm", 1000));
        await().atMost(PATIENCE)
                .until(() -> !store.list(Buckets.RUNS, Buckets.attempts(run, "sampler", "7"))
                        .isEmpty());
        new Topic(Topics.RUNS).send(new RunEvent(run, RunState.CANCELLED, "", 4, 4));
        String other = run + "b";
        Topic.announceRun(other, 4, 10);

        contexts.send(context(other, 8, 0, "tiny", "dpm++", 2));

        blocks.await(PATIENCE, r -> r.key().equals(other + "/8"));
        assertThat(store.exists(Buckets.BLOCKS, Buckets.block(run, 7))).isFalse();
    }

    private List<RgbImage> tiles(RawBlock block) {
        return new TileGrid(16, 4, 6).cut(Images.decode(store.get(block.block()), "block", Limits.DEFAULT));
    }

    private RawBlock announced(long ordinal, int attempt) {
        return decode(blocks.await(
                PATIENCE, r -> r.key().equals(run + "/" + ordinal) && decode(r).attempt() == attempt));
    }

    private static RawBlock decode(ConsumerRecord<String, byte[]> record) {
        return RecordDecoder.decode(record, RawBlock.class);
    }

    private static IdentityContext context(
            String run, long ordinal, int attempt, String model, String method, int steps) {
        return context(run, ordinal, attempt, model, method, steps, Optional.empty());
    }

    private static IdentityContext guided(String run, long ordinal, GuidanceChoice guidance) {
        return context(run, ordinal, 0, "tiny", "dpm++", 3, Optional.of(guidance));
    }

    /** Its next topic is one that every installation has: none of an aligner's is here. */
    private static IdentityContext context(
            String run,
            long ordinal,
            int attempt,
            String model,
            String method,
            int steps,
            Optional<GuidanceChoice> guidance) {
        Sampling sampling = new Sampling(
                "diffusion",
                model,
                Precision.FP32,
                2,
                Optional.of(method),
                Optional.of(steps),
                Optional.empty(),
                guidance);
        return new IdentityContext(
                run,
                ordinal,
                attempt,
                RECIPE.seed(),
                Noise.unitVector(7, ordinal, 512),
                RECIPE.images(),
                sampling,
                RECIPE.alignment(),
                "reference",
                Topics.CROPS,
                List.of(Topics.ALIGNED_BLOCKS, Topics.CROPS));
    }
}
