package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;
import org.facemill.contracts.registry.Variant;
import org.facemill.datasets.ImageDataset;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.head.CosFace;
import org.facemill.recognition.training.FrTrainer;
import org.facemill.recognition.training.StepSchedule;
import org.facemill.recognition.training.TrainingStep;

final class Recognition implements Section {

    @Override
    public String name() {
        return "recognition";
    }

    @Override
    public String description() {
        return "training steps of recognisers (CosFace, SGD, augmentation), and embedding by the reference recogniser";
    }

    @Override
    public void run(int calls, Consumer<String> out) throws IOException {
        train(calls, out, "iresnet50", 4);
        train(calls, out, "iresnet50", 16);
        train(calls, out, "iresnet-slim", 32);
        try (Encoder encoder = Encoders.reference()) {
            List<RgbImage> chips = IntStream.range(0, 16)
                    .mapToObj(i -> noise(i, encoder.template().size()))
                    .toList();
            Stopwatch time = Stopwatch.of(calls, () -> encoder.embed(chips));
            out.accept("reference recogniser, 16 faces: %s, %.1f faces/s".formatted(time, 16 / time.best() * 1000));
        }
    }

    private static void train(int calls, Consumer<String> out, String backbone, int batch) throws IOException {
        RecogniserTraining recipe = new RecogniserTraining(
                backbone,
                Optional.of(0.4),
                Variant.of(new CosFace(64, 0.35)),
                1000,
                batch,
                Variant.of(new StepSchedule(0.001, 0.1, List.of(), 0)),
                new RecogniserTraining.Optimizer(0.9, 5e-4, true, 5),
                new RecogniserTraining.Augment(0.5, 4, 16, 0),
                Precision.FP32,
                Optional.of(1L));
        Path folder = Files.createTempDirectory("bench");
        try (FrTrainer trainer = new FrTrainer(recipe, new Noise(batch * 100), encoder -> 0, folder)) {
            TrainingStep[] last = new TrainingStep[1];
            Stopwatch time = Stopwatch.of(calls, () -> last[0] = trainer.step());
            out.accept("%-12s batch %2d: %s per step, %.1f images/s, %.1f %% of the time waiting for images"
                    .formatted(backbone, batch, time, batch / time.best() * 1000, 100 * last[0].waiting()));
        } finally {
            Files.delete(folder);
        }
    }

    private static RgbImage noise(int seed, int size) {
        byte[] pixels = new byte[size * size * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        return new RgbImage(size, size, pixels);
    }

    /** Faces of noise: a step takes as long on them. */
    private record Noise(int size) implements ImageDataset {

        private static final byte[] PNG = Images.png(noise(0, 112));

        @Override
        public int classes() {
            return size / 4;
        }

        @Override
        public int label(int index) {
            return index / 4;
        }

        @Override
        public String name(int index) {
            return "noise";
        }

        @Override
        public byte[] image(int index) {
            return PNG;
        }

        @Override
        public void close() {
            // in memory
        }
    }
}
