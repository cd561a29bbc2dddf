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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
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
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
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
    void liveFiguresGoOnWhereAnotherOwnerLeftThemWithoutReadingItsEmbeddingsAgain() throws IOException {
        List<LiveRun> owners = List.of(new LiveRun(run, store), new LiveRun(run, store));
        for (long ordinal : new long[] {2, 0, 3}) {
            IdentityEmbeddings event = embedded(ordinal);
            owners.forEach(owner -> owner.add(event));
        }
        assertThat(owners.get(0).refresh().orElseThrow().identities()).isEqualTo(3);
        owners.get(0).keep(Duration.ZERO);
        store.list(Buckets.EMBEDDINGS, run + "/").forEach(key -> store.delete(Buckets.EMBEDDINGS, key));

        assertThat(owners.get(1).refresh()).isEmpty();
        owners.get(1).add(embedded(1));
        Separation continued = owners.get(1).refresh().orElseThrow();

        Separation atOnce = atOnce(4);
        assertThat(continued.scores().genuine()).isEqualTo(atOnce.scores().genuine());
        assertThat(continued.scores().impostor()).isEqualTo(atOnce.scores().impostor());
        assertThat(continued.metrics()).isEqualTo(atOnce.metrics());
        assertThat(continued.likeness()).isEqualTo(atOnce.likeness());
    }

    @Test
    void aSnapshotThatIsNotWholeIsPassedOver() throws IOException {
        LiveRun before = new LiveRun(run, store);
        LiveRun after = new LiveRun(run, store);
        for (long ordinal = 0; ordinal < 2; ordinal++) {
            IdentityEmbeddings event = embedded(ordinal);
            before.add(event);
            after.add(event);
        }
        before.refresh();
        before.keep(Duration.ZERO);
        store.list(Buckets.EVALUATIONS, Buckets.livePart(run, "reference", "")).stream()
                .filter(key -> key.endsWith(".npz"))
                .forEach(key -> store.delete(Buckets.EVALUATIONS, key));

        assertThat(after.refresh().orElseThrow().identities()).isEqualTo(2);
    }

    /** An identity's embeddings in the store, and their event. */
    private IdentityEmbeddings embedded(long ordinal) throws IOException {
        Embeddings embeddings = embeddings(ordinal);
        Path file = Files.createTempFile("embeddings", ".npy");
        Npy.write(file, Tensor.of(new long[] {embeddings.images(), embeddings.dimension()}, embeddings.values()));
        ObjectRef object = store.upload(Buckets.EMBEDDINGS, Buckets.embeddings(run, "reference", ordinal), file);
        Files.delete(file);
        return new IdentityEmbeddings(
                run, ordinal, 0, "reference", object, embeddings.images(), embeddings.dimension());
    }

    private static Embeddings embeddings(long ordinal) {
        Random random = new Random(ordinal);
        float[] values = new float[IMAGES * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() + ordinal);
        }
        return Embeddings.normalised("identity " + ordinal, IMAGES, 32, values);
    }

    private static Separation atOnce(int identities) {
        try (IdentitySeparation separation = new IdentitySeparation(32)) {
            for (int ordinal = 0; ordinal < identities; ordinal++) {
                separation.add(ordinal, embeddings(ordinal));
            }
            return Separation.of(separation);
        }
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
        new Topic(Topics.DATASET_SEALED).send(sealed(members()));

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
                .contains("Least alike in themselves")
                .contains("data:image/jpeg;base64,")
                .contains("<svg");
        assertThat(new String(
                        store.find(Buckets.EVALUATIONS, run + "/v1/identities.csv")
                                .orElseThrow(),
                        StandardCharsets.UTF_8))
                .startsWith("ordinal,name,")
                .contains("\n3,3,");
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
    void aMissingBenchmarkIsJudgedWithoutFiguresAndNamedInTheReport() throws IOException {
        new Topic(Topics.FR_MODELS).send(model(weights(parameters -> {}), "none-such"));

        Evaluation evaluation = evaluation(e -> e.subject().equals("none-such"));

        assertThat(evaluation.metrics()).isEmpty();
        assertThat(omitted(evaluation).get("reason").asText()).contains("benchmarks/none-such.bin");
    }

    @Test
    void aRecogniserThatWasTrainedToNothingIsJudgedWithoutFiguresAndTheReportSaysWhy() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark().write());

        new Topic(Topics.FR_MODELS).send(model(weights(EvaluatorTest::spoil), "tiny"));

        Evaluation evaluation = evaluation(e -> e.subject().equals("tiny"));
        assertThat(evaluation.metrics()).isEmpty();
        assertThat(omitted(evaluation).get("reason").asText())
                .contains("fr-" + run + "-v1")
                .contains("image 0 of the benchmark")
                .contains("NaN or infinity");
    }

    @Test
    void anIdentityThatCannotBeEncodedStaysCompleteAndTheEvaluationSaysWhy() throws IOException {
        Crops large = crops(2, 0, "reference", 128);
        crops.send(large);

        ConsumerRecord<String, byte[]> letter = new Topic(Topics.deadLetters("evaluator"))
                .await(PATIENCE, r -> r.key().equals(run + "/2"));
        assertThat(Topic.header(letter, DeadLetter.REASON))
                .contains(run + "/2.tar image 0")
                .contains("128x128");
        assertThat(new Topic(Topics.IDENTITY_OUTCOMES).all()).noneMatch(r -> (run + "/2").equals(r.key()));

        new Topic(Topics.DATASET_SEALED).send(sealed(members(crops(0, 0), crops(1, 0), large, crops(3, 0))));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.metrics())
                .containsEntry("omitted", 1.0)
                .containsEntry("genuine_pairs", 3 * 6.0)
                .containsKey("eer");
        assertThat(omitted(evaluation).get("name").asText()).isEqualTo("identity 2");
        assertThat(omitted(evaluation).get("reason").asText()).contains("128x128");
    }

    @Test
    void aDatasetWhoseRecogniserGivesNoEmbeddingsIsJudgedWithoutFigures() throws IOException {
        weights(EvaluatorTest::spoil);

        new Topic(Topics.DATASET_SEALED)
                .send(sealed(members(crops(0, 0, run, 112), crops(1, 0, run, 112), crops(2, 0, run, 112))));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.metrics()).containsOnly(Map.entry("omitted", 3.0));
        assertThat(omitted(evaluation).get("reason").asText())
                .contains("recogniser " + run)
                .contains("NaN or infinity");
    }

    @Test
    void aDatasetOfEqualPicturesIsCalledCollapsed() throws IOException {
        new Topic(Topics.DATASET_SEALED).send(sealed(members(same(0), same(1), same(2))));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.metrics())
                .containsEntry("collapsed", 1.0)
                .doesNotContainKeys("eer", "fmr100", "fmr1000", "fdr");
        JsonNode report = Json.MAPPER.readTree(store.get(evaluation.report().orElseThrow()));
        assertThat(report.get("collapsed").asBoolean()).isTrue();
        assertThat(report.get("metrics").get("fmr100").isNull()).isTrue();
        assertThat(report.get("pyeer").get("fmr100").asDouble()).isZero();
    }

    private JsonNode omitted(Evaluation evaluation) throws IOException {
        return Json.MAPPER
                .readTree(store.get(evaluation.report().orElseThrow()))
                .get("omitted")
                .get(0);
    }

    private FrModel model(ObjectRef weights, String benchmark) {
        return new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights,
                List.of(),
                members(crops(0, 0)),
                1,
                1,
                new EvaluationPlan("reference", List.of(benchmark)));
    }

    private DatasetSealed sealed(ObjectRef members) {
        return new DatasetSealed(
                run,
                1,
                IDENTITIES,
                IMAGES,
                new ObjectRef("datasets", "m", "0".repeat(64)),
                "d".repeat(64),
                members,
                recipe.training(),
                recipe.evaluation());
    }

    /** As after a training that diverged. */
    private static void spoil(Parameters parameters) {
        float[] bias = new float[128];
        Arrays.fill(bias, Float.NaN);
        parameters.put("features.bias", bias, bias.length);
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
        return crops(ordinal, attempt, "reference", 112);
    }

    private Crops crops(long ordinal, int attempt, String encoder, int edge) {
        List<RgbImage> faces = faces(ordinal).stream()
                .map(face -> Images.resizeBilinear(face, edge, edge))
                .toList();
        return crops(ordinal, attempt, encoder, faces);
    }

    /** An identity whose pictures are the same as those of all such. */
    private Crops same(long ordinal) {
        return crops(ordinal, 0, "reference", Collections.nCopies(IMAGES, faces(0).get(0)));
    }

    private Crops crops(long ordinal, int attempt, String encoder, List<RgbImage> faces) {
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
                encoder);
    }

    private ObjectRef members() {
        return members(crops(0, 0), crops(1, 0), crops(2, 0), crops(3, 0));
    }

    /** The list as context-service writes it: with the identities that are not in the dataset. */
    private ObjectRef members(Crops... complete) {
        List<IdentityOutcome> members = new ArrayList<>();
        for (Crops crops : complete) {
            members.add(
                    new IdentityOutcome(run, crops.ordinal(), 0, Outcome.COMPLETE, "splitter", "", Optional.of(crops)));
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

    private ObjectRef weights() throws IOException {
        return weights(parameters -> {});
    }

    /** A small network as it is before its training, changed somehow. */
    private ObjectRef weights(Consumer<Parameters> change) throws IOException {
        Backbone backbone = Backbones.named("iresnet-slim");
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("embeddings", backbone.embeddings(new Layers(recorder), recorder.input("images")));
        Graph graph = recorder.finish(backbone.name());
        Path file = Files.createTempFile("weights", ".safetensors");
        try (Parameters parameters = Parameters.initialise(graph, 1)) {
            change.accept(parameters);
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
