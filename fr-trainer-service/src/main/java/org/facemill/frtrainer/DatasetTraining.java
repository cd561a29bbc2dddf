package org.facemill.frtrainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.datasets.ImageDataset;
import org.facemill.platform.job.JobCheckpoint;
import org.facemill.platform.job.JobKind;
import org.facemill.platform.job.JobWork;
import org.facemill.platform.store.ObjectStore;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.Verification;
import org.facemill.recognition.training.FrTrainer;
import org.facemill.recognition.training.LabelRange;
import org.facemill.recognition.training.TrainingStep;
import org.facemill.tensor.WholeFiles;

/** Trains the recogniser of one job, from its checkpoint if there is one. */
final class DatasetTraining implements JobWork<DatasetSealed, FrModel> {

    static final JobKind<DatasetSealed, FrModel> KIND =
            new JobKind<>("fr", DatasetSealed.class, Topics.DATASET_SEALED, FrModel.class, Topics.FR_MODELS);

    private static final Duration REPORT_EVERY = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final Duration checkpointEvery;
    private final Consumer<FrProgress> progress;

    DatasetTraining(ObjectStore store, Duration checkpointEvery, Consumer<FrProgress> progress) {
        this.store = store;
        this.checkpointEvery = checkpointEvery;
        this.progress = progress;
    }

    @Override
    public Optional<FrModel> apply(DatasetSealed sealed, JobCheckpoint checkpoint, BooleanSupplier goOn)
            throws IOException {
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("facemill-fr");
        String model = Buckets.frModelName(sealed.run(), sealed.version());
        try (StoredDataset dataset = StoredDataset.open(store, sealed, folder.resolve("dataset"))) {
            int trained = dataset.images().classes() - sealed.training().holdout();
            ImageDataset images = new LabelRange(dataset.images(), 0, trained);
            // another dataset, another seed; the same one, the same
            long seed = Long.parseUnsignedLong(sealed.digest().substring(0, 16), 16);
            try (FrTrainer trainer = new FrTrainer(
                    sealed.training().recogniser().orSeed(seed),
                    images,
                    encoder -> sealed.training().holdout() < 2
                            ? 0
                            : Verification.ofUnseen(
                                            encoder,
                                            new LabelRange(
                                                    dataset.images(),
                                                    trained,
                                                    dataset.images().classes()))
                                    .accuracy(),
                    checkpoint.folder())) {
                Optional<Double> loss = run(new ProgressMeter(sealed, model), trainer, checkpoint, goOn);
                if (loss.isEmpty()) {
                    return Optional.empty();
                }
                return Optional.of(new FrModel(
                        sealed.run(),
                        sealed.version(),
                        model,
                        export(model, trainer, folder),
                        dataset.ordinals(trained),
                        sealed.members(),
                        loss.get(),
                        (System.nanoTime() - start) / 1e9,
                        sealed.evaluation()));
            }
        } finally {
            WholeFiles.delete(folder);
        }
    }

    /** Mean loss of the last epoch; empty where it was stopped. */
    private Optional<Double> run(ProgressMeter meter, FrTrainer trainer, JobCheckpoint checkpoint, BooleanSupplier goOn)
            throws IOException {
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

    private ObjectRef export(String model, FrTrainer trainer, Path folder) throws IOException {
        Path files = folder.resolve("model");
        trainer.export(files);
        String prefix = Buckets.model(model);
        store.upload(Buckets.MODELS, prefix + Encoders.CARD, files.resolve(Encoders.CARD));
        return store.upload(Buckets.MODELS, prefix + Encoders.WEIGHTS, files.resolve(Encoders.WEIGHTS));
    }
}
