package org.facemill.frtrainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.datasets.DatasetPacker;
import org.facemill.datasets.Identity;
import org.facemill.datasets.Manifest;
import org.facemill.datasets.Oversampling;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.platform.job.Job;
import org.facemill.platform.job.JobCheckpoint;
import org.facemill.platform.job.JobLease;
import org.facemill.platform.messaging.Extensions;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class FrTrainerServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IDENTITIES = 4;
    private static final int IMAGES = 4;

    private final Topic sealed = new Topic(Topics.DATASET_SEALED);
    private final Topic models = new Topic(Topics.FR_MODELS);
    private final Topic deadLetters = new Topic(Topics.deadLetters("fr-trainer"));
    private final Topic progress = new Topic(Topics.FR_PROGRESS);

    @Inject
    ObjectStore store;

    @TempDir
    Path folder;

    @Test
    void aSealedDatasetBecomesARecogniser() throws IOException {
        String run = newRun();

        sealed.send(pack(run, true, "recordio"));

        FrModel model = announced(run);
        assertThat(model.model()).isEqualTo("fr-" + run + "-v1");
        assertThat(model.holdout()).containsExactly(30L);
        store.download(model.weights(), folder.resolve("model.safetensors"));
        try (Encoder encoder = Encoders.open(model.model(), folder)) {
            assertThat(encoder.embed(List.of(face(0, 0)))[0]).hasSize(128);
        }
        FrProgress last = progress.await(PATIENCE, 1, record -> record.key().equals(run)).stream()
                .map(record -> RecordDecoder.decode(record, FrProgress.class))
                .findFirst()
                .orElseThrow();
        assertThat(last.steps()).isEqualTo(6);
        // the job is deleted after its recogniser is announced
        await().atMost(PATIENCE)
                .until(() -> store.list(Buckets.JOBS, "requests/").stream().noneMatch(key -> key.contains(run)));
        await().atMost(PATIENCE)
                .until(() -> store.list(Buckets.JOBS, "checkpoints/").stream().noneMatch(key -> key.contains(run)));
    }

    @Test
    void aJobWhoseOwnerDiedGoesOnToTheSameWeightsWhateverFormTheDatasetHas() throws IOException {
        String uncut = newRun();
        sealed.send(pack(uncut, true, "folder"));
        String cut = newRun();
        DatasetSealed event = pack(cut, true, "tfrecord");
        Job job = DatasetTraining.KIND.job(event);
        AtomicInteger steps = new AtomicInteger();
        try (JobCheckpoint checkpoint = JobCheckpoint.open(store, job)) {
            assertThat(new DatasetTraining(store, PATIENCE, report -> {})
                            .apply(event, checkpoint, () -> steps.getAndIncrement() < 4))
                    .isEmpty();
        }
        store.putJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), 1), new JobLease.Content("dead", 7, 0, 1));

        job.store(store, event, Extensions.NONE);

        assertThat(announced(cut).weights().sha256())
                .isEqualTo(announced(uncut).weights().sha256());
    }

    @Test
    void aJobThatEndsItsTrainersIsGivenUpAndItsEventIsADeadLetter() throws IOException {
        String run = newRun();
        DatasetSealed event = pack(run, true, "recordio");
        Job job = DatasetTraining.KIND.job(event);
        store.putJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), 3), new JobLease.Content("", 0, 0, 3));
        job.store(store, event, Extensions.NONE);

        ConsumerRecord<String, byte[]> deadLetter =
                deadLetters.await(PATIENCE, record -> record.key().equals(run));
        assertThat(Topic.header(deadLetter, DeadLetterHeaders.REASON)).contains("3 times");
        assertThat(RecordDecoder.decode(deadLetter, DatasetSealed.class)).isEqualTo(event);
        String next = newRun();
        sealed.send(pack(next, true, "folder"));
        announced(next);
        assertThat(job.request(store, DatasetSealed.class)).isEmpty();
        assertThat(job.result(store, FrModel.class)).isEmpty();
    }

    @Test
    void aRecipeWithoutTrainingLeavesNoJob() throws IOException {
        String run = newRun();
        sealed.send(pack(run, false, "folder"));
        String next = newRun();
        sealed.send(pack(next, true, "folder"));

        announced(next);
        assertThat(store.list(Buckets.JOBS, "requests/")).noneMatch(key -> key.contains(run));
        assertThat(store.list(Buckets.MODELS, "fr-" + run)).isEmpty();
    }

    private FrModel announced(String run) {
        ConsumerRecord<String, byte[]> record =
                models.await(PATIENCE, r -> r.key().equals(run));
        return RecordDecoder.decode(record, FrModel.class);
    }

    private static String newRun() {
        String run = "run-" + UUID.randomUUID().toString().substring(0, 8);
        Topic.announceRun(run, IMAGES, IDENTITIES);
        return run;
    }

    /** Puts a small dataset into the store as the splitter does. */
    private DatasetSealed pack(String run, boolean trained, String format) throws IOException {
        var json = Json.MAPPER.createObjectNode().put("identities", IDENTITIES).put("images", IMAGES);
        ObjectNode training = json.putObject("training")
                .put("enabled", trained)
                .put("holdout", 1)
                .put("epochs", 2)
                .put("batch_size", 4);
        training.putObject("head").put("scale", 16);
        training.putObject("schedule").put("base", 0.01);
        Recipe recipe = Recipes.parse(json);
        List<Manifest.Member> members = new ArrayList<>();
        try (DatasetPacker packer = new DatasetPacker(
                List.of(format),
                IntStream.range(0, IDENTITIES)
                        .mapToObj(identity -> new Identity(identity, "context " + identity, IMAGES))
                        .toList(),
                Oversampling.NONE,
                112,
                112,
                path -> new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        store.put(Buckets.DATASETS, Buckets.dataset(run, 1) + path, toByteArray());
                    }
                })) {
            for (int identity = 0; identity < IDENTITIES; identity++) {
                int label = identity;
                List<RgbImage> faces = IntStream.range(0, IMAGES)
                        .mapToObj(image -> face(label, image))
                        .toList();
                packer.add(10L * identity, faces.stream().map(Images::png).toList());
                members.add(new Manifest.Member(
                        10L * identity,
                        Manifest.folder(identity),
                        faces.stream().map(RgbImage::sha256).toList()));
            }
            packer.finish();
        }
        Manifest manifest = new Manifest(
                run,
                1,
                recipe,
                List.of(),
                Manifest.digestOf(members),
                List.of(format),
                0,
                CopyKind.IDENTICAL,
                members,
                List.of());
        ObjectRef ref = store.put(Buckets.DATASETS, Buckets.manifest(run, 1), manifest.json());
        return new DatasetSealed(
                run, 1, IDENTITIES, IMAGES, ref, manifest.digest(), ref, recipe.training(), recipe.evaluation());
    }

    /** A stand-in: a colour for each identity, noise for each image. */
    private static RgbImage face(int identity, int image) {
        SplittableRandom noise = new SplittableRandom(100L * identity + image);
        byte[] pixels = new byte[112 * 112 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (60 + 40 * ((identity >> i % 3) & 1) + noise.nextInt(60));
        }
        return new RgbImage(112, 112, pixels);
    }
}
