package org.facemill.evaluator;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.datasets.CropArchive;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.Topic;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.junit.jupiter.api.BeforeEach;

/** A run with painted crops in the store, and what the evaluator says of it. */
abstract class EvaluatorFixture {

    static final Duration PATIENCE = Duration.ofMinutes(4);
    static final int IDENTITIES = 4;
    static final int IMAGES = 4;

    final Topic crops = new Topic(Topics.CROPS);
    final Topic evaluations = new Topic(Topics.EVALUATIONS);
    final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    Recipe recipe;

    @BeforeEach
    void storeRecipe() {
        Topic.announceRun(run, IMAGES, IDENTITIES);
        recipe = Recipes.parse(
                Json.MAPPER.createObjectNode().put("identities", IDENTITIES).put("images", IMAGES));
        store.putJson(Buckets.RUNS, Buckets.recipe(run), recipe);
    }

    JsonNode omitted(Evaluation evaluation) throws IOException {
        return Json.MAPPER
                .readTree(store.get(evaluation.report().orElseThrow()))
                .get("omitted")
                .get(0);
    }

    DatasetSealed sealed(ObjectRef members) {
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
    static void spoil(Parameters parameters) {
        float[] bias = new float[128];
        Arrays.fill(bias, Float.NaN);
        parameters.put("features.bias", bias, bias.length);
    }

    Evaluation evaluation(Predicate<Evaluation> wanted) {
        return RecordDecoder.decode(
                evaluations.await(
                        PATIENCE, r -> r.key().equals(run) && wanted.test(RecordDecoder.decode(r, Evaluation.class))),
                Evaluation.class);
    }

    Crops crops(long ordinal, int attempt) {
        return crops(ordinal, attempt, "reference", 112);
    }

    Crops crops(long ordinal, int attempt, String encoder, int edge) {
        List<RgbImage> faces = faces(ordinal).stream()
                .map(face -> Images.resizeBilinear(face, edge, edge))
                .toList();
        return crops(ordinal, attempt, encoder, faces);
    }

    Crops crops(long ordinal, int attempt, String encoder, List<RgbImage> faces) {
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

    ObjectRef members() {
        return members(crops(0, 0), crops(1, 0), crops(2, 0), crops(3, 0));
    }

    /** The list as context-service writes it: with the identities that are not in the dataset. */
    ObjectRef members(Crops... complete) {
        List<IdentityOutcome> members = new ArrayList<>();
        for (Crops crops : complete) {
            members.add(
                    new IdentityOutcome(run, crops.ordinal(), 0, Outcome.COMPLETE, "splitter", "", Optional.of(crops)));
        }
        members.add(1, new IdentityOutcome(run, 99, 0, Outcome.DISCARDED, "aligner", "no face", Optional.empty()));
        return store.putJson(Buckets.RUNS, Buckets.members(run, 1), members);
    }

    /** Painted faces, roughly where an aligned crop has them. */
    static List<RgbImage> faces(long ordinal) {
        List<RgbImage> faces = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            RgbImage tile = new FacePainter()
                    .paint(Noise.unitVector(1, ordinal, 512), 1, ordinal, image)
                    .image();
            faces.add(Images.resizeBilinear(tile.crop(24, 24, 80, 80), 112, 112));
        }
        return faces;
    }

    ObjectRef weights() throws IOException {
        return weights(parameters -> {});
    }

    /** A small network as it is before its training, changed somehow. */
    ObjectRef weights(Consumer<Parameters> change) throws IOException {
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

    static Origin origin() {
        return Origin.of(new Implementation("painter", "0.2.0", ""));
    }
}
