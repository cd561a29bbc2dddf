package org.facemill.recognition.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;
import org.facemill.contracts.registry.Variant;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.head.ArcFace;
import org.facemill.recognition.head.CosFace;
import org.facemill.recognition.head.MarginHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrTrainerTest {

    private static final StripedFaces FACES = new StripedFaces(8, 8, 1);
    private static final RateSchedule SCHEDULE = new StepSchedule(0.05, 0.1, List.of(3), 0);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void lossFallsAndUnseenClassesAreToldApart(Precision precision) throws IOException {
        StripedFaces unseen = new StripedFaces(6, 3, 100);

        try (FrTrainer trainer =
                new FrTrainer(recipe(4, new CosFace(16, 0.2), precision), FACES, encoder -> 0.5, folder)) {
            List<TrainingStep> steps = run(trainer);

            assertThat(steps.get(steps.size() - 1).loss())
                    .isLessThan(0.7f * steps.get(0).loss());
            assertThat(steps.get(steps.size() - 1).learningRate()).isEqualTo(0.005, within(1e-9));
            assertThat(separation(trainer.encoder(), unseen)).isGreaterThan(0.1);
            assertThat(trainer.accuracies()).containsExactly(0.5, 0.5, 0.5, 0.5);
        }
    }

    @Test
    void aTrainingCutOffAnywhereGoesOnAsIfItHadNotBeen() throws IOException {
        RecogniserTraining recipe = recipe(2, new ArcFace(16, 0.2, true));
        float[][] uncut;
        try (FrTrainer trainer = new FrTrainer(recipe, FACES, encoder -> 0.7, folder.resolve("none"))) {
            run(trainer);
            uncut = trainer.encoder().embed(images(FACES));
        }

        float[][] resumed = {};
        for (int cut : new int[] {3, 5, 100}) {
            try (FrTrainer trainer = new FrTrainer(recipe, FACES, encoder -> 0.7, folder)) {
                for (TrainingStep step = null; !trainer.finished() && (step == null || step.step() < cut); ) {
                    step = trainer.step();
                }
                trainer.checkpoint(folder);
                resumed = trainer.encoder().embed(images(FACES));
            }
        }

        assertThat(resumed).isDeepEqualTo(uncut);
    }

    @Test
    void anExportedModelIsTheTrainedRecogniser() throws IOException {
        try (FrTrainer trainer = new FrTrainer(recipe(1, new CosFace(16, 0.2)), FACES, encoder -> 0, folder)) {
            run(trainer);
            trainer.export(folder.resolve("model"));

            try (Encoder exported = Encoders.open("striped", folder.resolve("model"));
                    Encoder trained = trainer.encoder()) {
                assertThat(exported.dimension()).isEqualTo(128);
                assertThat(exported.embed(images(FACES))).isDeepEqualTo(trained.embed(images(FACES)));
            }
        }
    }

    @Test
    void aPlateauEndsTheTrainingEarly() throws IOException {
        RecogniserTraining recipe = new RecogniserTraining(
                "iresnet-slim",
                Optional.of(0.0),
                Variant.of(new CosFace(16, 0.2)),
                50,
                32,
                Variant.of(new PlateauSchedule(0.01, 0.1, 1, 2)),
                new RecogniserTraining.Optimizer(0.9, 5e-4, false, 5),
                new RecogniserTraining.Augment(0, 0, 0, 0),
                Precision.FP32,
                Optional.empty());

        try (FrTrainer trainer = new FrTrainer(recipe, FACES, encoder -> 0.8, folder)) {
            assertThat(run(trainer)).hasSize(6);
        }
    }

    @Test
    void checkpointsOfAnotherTrainingAreRefused() throws IOException {
        try (FrTrainer trainer = new FrTrainer(recipe(1, new CosFace(16, 0.2)), FACES, encoder -> 0, folder)) {
            trainer.checkpoint(folder);
        }

        assertThatThrownBy(() -> new FrTrainer(recipe(2, new CosFace(16, 0.2)), FACES, encoder -> 0, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another training");
    }

    @Test
    void aDatasetSmallerThanABatchIsRefused() {
        assertThatThrownBy(() ->
                        new FrTrainer(recipe(1, new CosFace(16, 0.2)), new StripedFaces(2, 2, 1), encoder -> 0, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 images")
                .hasMessageContaining("16");
    }

    private static RecogniserTraining recipe(int epochs, MarginHead head) {
        return recipe(epochs, head, Precision.FP32);
    }

    private static RecogniserTraining recipe(int epochs, MarginHead head, Precision precision) {
        return new RecogniserTraining(
                "iresnet-slim",
                Optional.of(0.1),
                Variant.of(head),
                epochs,
                16,
                Variant.of(SCHEDULE),
                new RecogniserTraining.Optimizer(0.9, 5e-4, true, 5),
                new RecogniserTraining.Augment(0.5, 1, 4, 0.2),
                precision,
                Optional.of(3L));
    }

    private static List<TrainingStep> run(FrTrainer trainer) {
        List<TrainingStep> steps = new ArrayList<>();
        while (!trainer.finished()) {
            steps.add(trainer.step());
        }
        return steps;
    }

    /** Mean cosine within classes less that between classes. */
    private static double separation(Encoder encoder, StripedFaces faces) {
        float[][] embeddings;
        try (encoder) {
            embeddings = encoder.embed(images(faces));
        }
        double[] sum = new double[2];
        int[] count = new int[2];
        for (int i = 0; i < embeddings.length; i++) {
            for (int j = 0; j < i; j++) {
                int kind = faces.label(i) == faces.label(j) ? 0 : 1;
                count[kind]++;
                for (int k = 0; k < embeddings[i].length; k++) {
                    sum[kind] += embeddings[i][k] * embeddings[j][k];
                }
            }
        }
        return sum[0] / count[0] - sum[1] / count[1];
    }

    private static List<RgbImage> images(StripedFaces faces) {
        return IntStream.range(0, faces.size())
                .mapToObj(i -> Images.decode(faces.image(i), faces.name(i), Limits.DEFAULT))
                .toList();
    }
}
