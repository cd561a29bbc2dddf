package org.facemill.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetter;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.EvaluationPlan;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.datasets.CropArchive;
import org.facemill.datasets.VerificationSet;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class EvaluatorTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int IDENTITIES = 4;
    private static final int IMAGES = 4;

    private final Topic crops = new Topic(Topics.CROPS);
    private final Topic embeddings = new Topic(Topics.EMBEDDINGS);
    private final Topic evaluations = new Topic(Topics.EVALUATIONS);
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    private Recipe recipe;

    @BeforeEach
    void storeRecipe() {
        Topic.announceRun(run, IMAGES, IDENTITIES);
        recipe = Recipes.parse(
                Json.MAPPER.createObjectNode().put("identities", IDENTITIES).put("images", IMAGES));
        store.putJson(Buckets.RUNS, Buckets.recipe(run), recipe);
    }

    @Test
    void cropsBecomeEmbeddingsAndLiveFigures() throws IOException {
        for (int ordinal = 0; ordinal < IDENTITIES; ordinal++) {
            crops.send(crops(ordinal, 0));
        }

        IdentityEmbeddings encoded = encoded(2, 0);
        assertThat(encoded.model()).isEqualTo("reference");
        assertThat(encoded.images()).isEqualTo(IMAGES);
        assertThat(CropEncoding.read(store, encoded.embeddings()).dimension()).isEqualTo(128);
        Evaluation live = evaluation(e -> e.kind() == EvaluationKind.LIVE && e.identities() == IDENTITIES);
        assertThat(live.images()).isEqualTo(IDENTITIES * IMAGES);
        assertThat(live.metrics().get("genuine_mean"))
                .isGreaterThan(live.metrics().get("impostor_mean"));
        assertThat(live.metrics().get("impostor_pairs")).isEqualTo(IDENTITIES * (IDENTITIES - 1) / 2 * IMAGES * IMAGES);
        assertThat(store.exists(Buckets.EVALUATIONS, run + "/live.html")).isTrue();
    }

    @Test
    void repeatedCropsAreAnnouncedAgainWithoutEncoding() {
        crops.send(crops(7, 0));
        IdentityEmbeddings first = encoded(7, 0);
        store.delete(Buckets.CROPS, Buckets.crops(run, 7));

        crops.send(new Crops(
                run,
                7,
                1,
                new ObjectRef(Buckets.CROPS, Buckets.crops(run, 7), "0".repeat(64)),
                List.of("0".repeat(64)),
                origin(),
                Landmarks.EVALUATION,
                "reference"));

        assertThat(encoded(7, 1).embeddings()).isEqualTo(first.embeddings());
    }

    @Test
    void aSealedDatasetIsJudgedOnItsIdentitiesWhetherEncodedOrNot() throws IOException {
        DatasetSealed sealed = new DatasetSealed(
                run,
                1,
                IDENTITIES,
                IMAGES,
                new ObjectRef("datasets", "m", "0".repeat(64)),
                "d".repeat(64),
                members(),
                recipe.training(),
                recipe.evaluation());

        new Topic(Topics.DATASET_SEALED).send(sealed);

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.subject()).isEqualTo("v1");
        assertThat(evaluation.metrics()).containsKeys("eer", "fmr100", "fmr1000", "auc", "fdr", "tar_at_far_1e-3");
        JsonNode report = Json.MAPPER.readTree(store.get(evaluation.report().orElseThrow()));
        assertThat(report.get("metrics").get("eer").asDouble())
                .isEqualTo(evaluation.metrics().get("eer"));
        assertThat(report.get("facts").get("digest").asText()).isEqualTo("d".repeat(64));
        String page = new String(
                store.find(Buckets.EVALUATIONS, run + "/v1/report.html").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("identity 3")
                .contains("data:image/jpeg;base64,")
                .contains("<svg");
    }

    @Test
    void aRecogniserIsVerifiedOnUnseenIdentitiesAndOnBenchmarks() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark().write());
        FrModel model = new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights(),
                List.of(2L, 3L),
                members(),
                1,
                1,
                new EvaluationPlan("reference", List.of("tiny")));

        new Topic(Topics.FR_MODELS).send(model);

        Evaluation unseen = evaluation(e -> e.subject().equals(RecogniserEvaluation.UNSEEN));
        Evaluation tiny = evaluation(e -> e.subject().equals("tiny"));
        assertThat(unseen.kind()).isEqualTo(EvaluationKind.RECOGNISER);
        assertThat(unseen.model()).isEqualTo("fr-" + run + "-v1");
        assertThat(unseen.metrics().get("accuracy")).isBetween(0.0, 1.0);
        assertThat(tiny.metrics().get("accuracy")).isEqualTo(1);
        JsonNode report = Json.MAPPER.readTree(store.get(tiny.report().orElseThrow()));
        assertThat(report.get("metrics").get("tiny_accuracy").asDouble()).isEqualTo(1);
        assertThat(report.get("metrics").has("unseen_accuracy")).isTrue();
    }

    @Test
    void tooFewUnseenIdentitiesAreJudgedWithoutFiguresBesideTheBenchmarks() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark().write());
        FrModel model = new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights(),
                List.of(3L),
                members(),
                1,
                1,
                new EvaluationPlan("reference", List.of("tiny")));

        new Topic(Topics.FR_MODELS).send(model);

        assertThat(evaluation(e -> e.subject().equals(RecogniserEvaluation.UNSEEN))
                        .metrics())
                .isEmpty();
        assertThat(evaluation(e -> e.subject().equals("tiny")).metrics()).containsKey("accuracy");
    }

    @Test
    void aMissingBenchmarkIsADeadLetterThatNamesIt() throws IOException {
        FrModel model = new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights(),
                List.of(),
                members(),
                1,
                1,
                new EvaluationPlan("reference", List.of("none-such")));

        new Topic(Topics.FR_MODELS).send(model);

        ConsumerRecord<String, byte[]> letter = new Topic(Topics.deadLetters("evaluator"))
                .await(PATIENCE, r -> r.key().equals(run));
        assertThat(Topic.header(letter, DeadLetter.REASON)).contains("benchmarks/none-such.bin");
    }

    private IdentityEmbeddings encoded(long ordinal, int attempt) {
        ConsumerRecord<String, byte[]> record = embeddings.await(
                PATIENCE,
                r -> r.key().equals(run + "/" + ordinal)
                        && RecordDecoder.decode(r, IdentityEmbeddings.class).attempt() == attempt);
        return RecordDecoder.decode(record, IdentityEmbeddings.class);
    }

    private Evaluation evaluation(Predicate<Evaluation> wanted) {
        return RecordDecoder.decode(
                evaluations.await(
                        PATIENCE, r -> r.key().equals(run) && wanted.test(RecordDecoder.decode(r, Evaluation.class))),
                Evaluation.class);
    }

    private Crops crops(long ordinal, int attempt) {
        List<RgbImage> faces = faces(ordinal);
        ObjectRef archive = store.put(
                Buckets.CROPS,
                Buckets.crops(run, ordinal),
                CropArchive.write(faces.stream().map(Images::png).toList()));
        return new Crops(
                run,
                ordinal,
                attempt,
                archive,
                faces.stream().map(RgbImage::sha256).toList(),
                origin(),
                Landmarks.EVALUATION,
                "reference");
    }

    /** The list as context-service writes it: with the identities that are not in the dataset. */
    private ObjectRef members() {
        List<IdentityOutcome> members = new ArrayList<>();
        for (long ordinal = 0; ordinal < IDENTITIES; ordinal++) {
            members.add(new IdentityOutcome(
                    run, ordinal, 0, Outcome.COMPLETE, "splitter", "", Optional.of(crops(ordinal, 0))));
        }
        members.add(1, new IdentityOutcome(run, 99, 0, Outcome.DISCARDED, "aligner", "no face", Optional.empty()));
        return store.putJson(Buckets.RUNS, Buckets.members(run, 1), members);
    }

    /** Painted faces, roughly where an aligned crop has them. */
    private static List<RgbImage> faces(long ordinal) {
        List<RgbImage> faces = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            RgbImage tile = new FacePainter()
                    .paint(Noise.unitVector(1, ordinal, 512), 1, ordinal, image)
                    .image();
            faces.add(Images.resizeBilinear(tile.crop(24, 24, 80, 80), 112, 112));
        }
        return faces;
    }

    /** Pairs that any network tells apart: the same picture twice, or two very different ones. */
    private static VerificationSet benchmark() {
        List<byte[]> images = new ArrayList<>();
        List<Boolean> same = new ArrayList<>();
        byte[] face = Images.png(faces(0).get(0));
        byte[] black = Images.png(new RgbImage(112, 112, new byte[112 * 112 * 3]));
        for (int pair = 0; pair < 20; pair++) {
            images.add(face);
            images.add(pair % 2 == 0 ? face : black);
            same.add(pair % 2 == 0);
        }
        return new VerificationSet(images, same);
    }

    /** A small network as it is before its training. */
    private ObjectRef weights() throws IOException {
        Backbone backbone = Backbones.named("iresnet-slim");
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("embeddings", backbone.embeddings(new Layers(recorder), recorder.input("images")));
        Graph graph = recorder.finish(backbone.name());
        Path file = Files.createTempFile("weights", ".safetensors");
        try (Parameters parameters = Parameters.initialise(graph, 1)) {
            parameters.save(file, name -> true);
            return store.upload(Buckets.MODELS, run + "/model.safetensors", file);
        } finally {
            Files.delete(file);
        }
    }

    private static Origin origin() {
        return Origin.of(new Implementation("painter", "0.2.0", ""));
    }
}
