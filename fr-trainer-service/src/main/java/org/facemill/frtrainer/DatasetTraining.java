package org.facemill.frtrainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.datasets.ImageDataset;
import org.facemill.platform.ObjectStore;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.Verification;
import org.facemill.recognition.training.FrTrainer;
import org.facemill.recognition.training.LabelRange;
import org.facemill.recognition.training.TrainingStep;

/** Trains the recogniser of one job, from its checkpoint in the store if there is one. */
final class DatasetTraining {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final Duration checkpointEvery;
    private final Consumer<FrProgress> progress;

    DatasetTraining(ObjectStore store, Duration checkpointEvery, Consumer<FrProgress> progress) {
        this.store = store;
        this.checkpointEvery = checkpointEvery;
        this.progress = progress;
    }

    /**
     * Trains to the end, or until it may not go on; then all that was done is in the store's checkpoint.
     *
     * @param goOn asked before each step
     * @return what is to be announced; empty where it was told to stop
     */
    Optional<FrModel> train(TrainingJob job, DatasetSealed sealed, BooleanSupplier goOn) throws IOException {
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("facemill-fr");
        StoredCheckpoint checkpoint = new StoredCheckpoint(store, job.checkpoints(), folder.resolve("checkpoint"));
        try (StoredDataset dataset = StoredDataset.download(store, sealed, folder.resolve("dataset"))) {
            checkpoint.download();
            int trained = dataset.images().classes() - sealed.training().holdout();
            ImageDataset images = new LabelRange(dataset.images(), 0, trained);
            // another dataset, another seed; the same one, the same
            long seed = Long.parseUnsignedLong(sealed.digest().substring(0, 16), 16);
            try (FrTrainer trainer = new FrTrainer(TrainingRecipe.of(sealed.training(), images.size(), seed), images,
                    encoder -> sealed.training().holdout() < 2 ? 0 : Verification.ofUnseen(encoder,
                            new LabelRange(dataset.images(), trained, dataset.images().classes())).accuracy(),
                    checkpoint.folder())) {
                Optional<Double> loss = run(job, trainer, checkpoint, goOn);
                if (loss.isEmpty()) {
                    return Optional.empty();
                }
                return Optional.of(new FrModel(job.run(), job.version(), job.model(), export(job, trainer, folder),
                        dataset.ordinals(trained), sealed.members(), loss.get(), (System.nanoTime() - start) / 1e9,
                        sealed.evaluation()));
            }
        } finally {
            delete(folder);
        }
    }

    /** Mean loss of the last epoch; empty where it was told to stop. */
    private Optional<Double> run(TrainingJob job, FrTrainer trainer, StoredCheckpoint checkpoint, BooleanSupplier goOn)
            throws IOException {
        ProgressMeter meter = new ProgressMeter(job);
        long saved = System.nanoTime();
        while (!trainer.finished()) {
            if (!goOn.getAsBoolean()) {
                trainer.checkpoint(checkpoint.folder());
                checkpoint.upload();
                return Optional.empty();
            }
            TrainingStep step = trainer.step();
            meter.add(step);
            if (step.step() == step.steps() || meter.since().compareTo(REPORT_EVERY) > 0) {
                progress.accept(meter.report());
            }
            if (System.nanoTime() - saved > checkpointEvery.toNanos()) {
                trainer.checkpoint(checkpoint.folder());
                checkpoint.upload();
                saved = System.nanoTime();
            }
        }
        return Optional.of(meter.lastEpochLoss());
    }

    private ObjectRef export(TrainingJob job, FrTrainer trainer, Path folder) throws IOException {
        Path model = folder.resolve("model");
        trainer.export(model);
        String prefix = Buckets.model(job.model());
        store.upload(Buckets.MODELS, prefix + Encoders.CARD, model.resolve(Encoders.CARD));
        return store.upload(Buckets.MODELS, prefix + Encoders.WEIGHTS, model.resolve(Encoders.WEIGHTS));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
