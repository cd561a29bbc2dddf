package org.facemill.ldmtrainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Noise;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.LdmModel;
import org.facemill.contracts.event.LdmProgress;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.platform.job.Job;
import org.facemill.platform.job.JobCheckpoint;
import org.facemill.platform.job.JobLease;
import org.facemill.platform.messaging.Extensions;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class LdmTrainerServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Topic jobs = new Topic(Topics.LDM_JOBS);
    private final Topic models = new Topic(Topics.LDM_MODELS);
    private final Topic deadLetters = new Topic(Topics.deadLetters("ldm-trainer"));
    private final String run = "training-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    @TempDir
    Path folder;

    @Test
    void aJobBecomesAModelThatSamples() throws IOException {
        jobs.send(new LdmJob(run, run, LdmRecipes.parse(TinyRecipes.latents())));

        LdmModel model = announced(run);

        assertThat(model.steps()).isEqualTo(4);
        assertThat(model.files())
                .extracting(ObjectRef::key)
                .contains(run + "/config.yaml", run + "/unet.safetensors", run + "/MODEL_CARD.md");
        for (ObjectRef file : model.files()) {
            store.download(file, folder.resolve(file.key().substring(run.length() + 1)));
        }
        try (GeneratorModel generator = GeneratorModel.open(folder, Precision.FP32)) {
            float[] x = new float[generator.latentSize()];
            assertThat(generator
                            .decode(generator
                                    .conditional(Noise.unitVector(1, 1, 512))
                                    .noise(x, 3))
                            .get(0)
                            .width())
                    .isEqualTo(16);
        }
        assertThat(Images.decode(store.get(model.samples()), "samples", Limits.DEFAULT)
                        .width())
                .isEqualTo(8 * 16);
        assertThat(new Topic(Topics.LDM_PROGRESS)
                        .await(PATIENCE, 3, r -> r.key().equals(run)).stream()
                                .map(r -> RecordDecoder.decode(r, LdmProgress.class))
                                .collect(Collectors.toMap(LdmProgress::stage, LdmProgress::step, Math::max)))
                .containsEntry("denoiser", 4L)
                .containsKeys("autoencoder", "encode");
    }

    @Test
    void aJobWhoseOwnerDiedGoesOnToTheSameWeights() throws IOException {
        String uncut = run + "-uncut";
        jobs.send(new LdmJob(uncut, uncut, LdmRecipes.parse(TinyRecipes.latents())));
        LdmJob request = new LdmJob(run, run, LdmRecipes.parse(TinyRecipes.latents()));
        Job job = GeneratorTraining.KIND.job(request);
        AtomicInteger steps = new AtomicInteger();
        try (JobCheckpoint checkpoint = JobCheckpoint.open(store, job)) {
            assertThat(new GeneratorTraining(store, report -> {})
                            .apply(request, checkpoint, () -> steps.incrementAndGet() < 7))
                    .isEmpty();
        }
        store.putJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), 1), new JobLease.Content("dead", 7, 0, 1));

        job.store(store, request, Extensions.NONE);

        assertThat(weights(announced(run))).isEqualTo(weights(announced(uncut))).hasSize(2);
    }

    @Test
    void picturesAndContextsComeFromTheStore() throws IOException {
        for (int i = 0; i < 4; i++) {
            RgbImage picture = new FacePainter()
                    .paint(Noise.unitVector(1, i, 512), 1, i, 0)
                    .image();
            store.put(Buckets.DATASETS, run + "/images/" + i + ".png", Images.png(picture));
        }
        Path contexts = folder.resolve("contexts.npz");
        Npz.write(contexts, Map.of("0", vector(0), "1", vector(1), "2", vector(2), "3", vector(3)));
        store.upload(Buckets.CONTEXTS, run + ".npz", contexts);
        ObjectNode recipe = TinyRecipes.pixels();
        ((ObjectNode) recipe.get("data")).remove("painted");
        recipe.withObject("/data/folder")
                .put("images", "datasets/" + run + "/images")
                .put("contexts", "contexts/" + run + ".npz");

        jobs.send(new LdmJob(run, run, LdmRecipes.parse(recipe)));

        assertThat(announced(run).loss()).isPositive();
    }

    @Test
    void whatIsNoJobIsADeadLetterWithItsReason() {
        byte[] broken = "{\"run\": \"x\"".getBytes(StandardCharsets.UTF_8);
        jobs.send(
                run, broken, EventCodec.headers(new LdmJob(run, run, LdmRecipes.parse(TinyRecipes.pixels())), "test"));

        assertThat(reason(run)).contains("no JSON");
    }

    @Test
    void aRecipeThatContradictsItselfIsADeadLetter() {
        LdmRecipe whole = LdmRecipes.parse(TinyRecipes.pixels());
        LdmRecipe contradicting = new LdmRecipe(
                whole.seed(),
                whole.imageSize(),
                true,
                whole.data(),
                whole.autoencoder(),
                whole.firstStage(),
                whole.model(),
                whole.training(),
                whole.sampling());

        jobs.send(new LdmJob(run, run, contradicting));

        assertThat(reason(run)).contains("$.autoencoder");
        assertThat(store.list(Buckets.JOBS, "requests/")).noneMatch(key -> key.contains(run));
    }

    @Test
    void aModelThatExistsIsNotOverwritten() {
        store.put(Buckets.MODELS, run + "/config.yaml", new byte[1]);

        jobs.send(new LdmJob(run, run, LdmRecipes.parse(TinyRecipes.pixels())));

        assertThat(reason(run)).contains("already");
    }

    @Test
    void dataThatIsNotThereIsADeadLetter() {
        ObjectNode recipe = TinyRecipes.pixels();
        ((ObjectNode) recipe.get("data")).remove("painted");
        recipe.withObject("/data/folder").put("images", "datasets/nowhere").put("encoder", "reference");

        jobs.send(new LdmJob(run, run, LdmRecipes.parse(recipe)));

        assertThat(reason(run)).contains("datasets/nowhere");
    }

    private LdmModel announced(String name) {
        return RecordDecoder.decode(
                models.await(PATIENCE, record -> record.key().equals(name)), LdmModel.class);
    }

    private String reason(String name) {
        ConsumerRecord<String, byte[]> deadLetter =
                deadLetters.await(PATIENCE, record -> record.key().equals(name));
        return Topic.header(deadLetter, DeadLetterHeaders.REASON);
    }

    private static List<String> weights(LdmModel model) {
        return model.files().stream()
                .filter(file -> file.key().endsWith(".safetensors"))
                .map(ObjectRef::sha256)
                .toList();
    }

    private static Tensor vector(int ordinal) {
        return Tensor.of(new long[] {512}, Noise.unitVector(1, ordinal, 512));
    }
}
