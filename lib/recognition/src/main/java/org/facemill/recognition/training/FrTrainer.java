package org.facemill.recognition.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;
import org.facemill.datasets.ImageDataset;
import org.facemill.images.augment.Augmentation;
import org.facemill.images.augment.RandAugment;
import org.facemill.images.augment.RandomResizedCrop;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * Trains a face recogniser on aligned 112x112 faces, step by step. A training cut off at any step and resumed from its
 * checkpoint gives the weights of one that was not, on the same class of device with the same number of threads.
 *
 * <p>One thread at a time.
 */
public final class FrTrainer implements AutoCloseable {

    /** File of a checkpoint folder that names all others; written last. */
    public static final String CHECKPOINT = Checkpoint.FILE;

    private final RecogniserTraining recipe;
    private final RateSchedule schedule;
    private final long seed;
    private final ImageDataset dataset;
    private final ToDoubleFunction<Encoder> benchmark;
    private final Graph graph;
    private final Parameters parameters;
    private final Network network;
    private final BatchLoader loader;
    private final long stepsPerEpoch;
    private final List<Double> accuracies = new ArrayList<>();
    private final long opened = System.nanoTime();
    private final long firstStep;
    private long step;

    /**
     * Opens a training at the folder's checkpoint, or at its beginning.
     *
     * @param dataset   aligned faces; stays open when the trainer is closed
     * @param benchmark mean verification accuracy of the recogniser so far, 0 to 1; asked after each epoch
     * @param folder    of {@link #checkpoint}
     * @throws IllegalArgumentException if the dataset is smaller than a batch, or the checkpoint is of another training
     */
    public FrTrainer(RecogniserTraining recipe, ImageDataset dataset, ToDoubleFunction<Encoder> benchmark, Path folder)
            throws IOException {
        this.recipe = recipe;
        this.schedule = RateSchedules.REGISTRY.of(recipe.schedule());
        this.seed = recipe.seed().orElse(1L);
        this.dataset = dataset;
        this.benchmark = benchmark;
        this.stepsPerEpoch = BatchLoader.stepsPerEpoch(dataset, recipe.batchSize());
        if (stepsPerEpoch == 0) {
            throw new IllegalArgumentException("a dataset of " + dataset.size() + " images and batches of "
                    + recipe.batchSize() + "; make the batches smaller");
        }
        this.graph = TrainingGraph.record(recipe, dataset.classes());
        Optional<Checkpoint> checkpoint = Checkpoint.read(folder);
        if (checkpoint.isPresent()) {
            parameters = restored(checkpoint.get(), folder);
            step = checkpoint.get().step();
            accuracies.addAll(checkpoint.get().accuracies());
        } else {
            parameters = Parameters.initialise(graph, seed);
        }
        this.firstStep = step;
        this.network = Network.load(graph, parameters);
        this.loader = new BatchLoader(dataset, augmentation(recipe.augment()), seed, recipe.batchSize(), step);
    }

    private Parameters restored(Checkpoint checkpoint, Path folder) throws IOException {
        if (!recipe.equals(checkpoint.recipe()) || checkpoint.images() != dataset.size()) {
            throw new IllegalArgumentException(folder + ": a checkpoint of another training (" + checkpoint.recipe()
                    + " on " + checkpoint.images() + " images); take another folder or remove it");
        }
        Path file = folder.resolve(checkpoint.tensors());
        try (TensorFile tensors = TensorFile.open(file)) {
            return Parameters.load(graph, file.toString(), tensors.tensors());
        }
    }

    private static Augmentation augmentation(RecogniserTraining.Augment augment) {
        Augmentation augmentation = Augmentation.horizontalFlip(augment.flip());
        if (augment.operations() > 0) {
            augmentation = augmentation.then(new RandAugment(augment.operations(), augment.magnitude()));
        }
        return augment.crop() > 0 ? augmentation.then(new RandomResizedCrop(augment.crop())) : augmentation;
    }

    /** Whether all epochs are done, or the schedule sees no further progress. */
    public boolean finished() {
        return accuracies.size() == recipe.epochs() || schedule.finished(accuracies);
    }

    /**
     * Trains on one batch; after the last of an epoch asks for the benchmark.
     *
     * @throws ArithmeticException if the loss is not a number any more
     */
    public TrainingStep step() {
        double rate = schedule.rate(accuracies);
        BatchLoader.Batch batch = loader.next();
        float loss;
        float accuracy;
        try (Scope scope = Scope.open()) {
            List<DeviceTensor> results = network.run(scope, inputs(scope, batch, rate));
            loss = results.get(0).item();
            accuracy = results.get(1).item();
        }
        step++;
        if (!Float.isFinite(loss)) {
            throw new ArithmeticException("step " + step + ": the loss is " + loss + "; lower the learning rate ("
                    + rate + ") or set clip_norm");
        }
        boolean epochEnded = step % stepsPerEpoch == 0;
        if (epochEnded) {
            try (Encoder encoder = encoder()) {
                accuracies.add(benchmark.applyAsDouble(encoder));
            }
        }
        return report(loss, accuracy, rate, epochEnded);
    }

    private DeviceTensor[] inputs(Scope scope, BatchLoader.Batch batch, double rate) {
        int size = Backbone.INPUT_SIZE;
        Map<String, DeviceTensor> inputs = new HashMap<>();
        inputs.put("images", scope.bytes(batch.pixels(), recipe.batchSize(), size, size, 3));
        inputs.put("labels", scope.longs(batch.labels(), recipe.batchSize()));
        inputs.put("rate", scope.scalar((float) rate));
        // every step draws from a generator of its own, so that a resumed one draws the same
        inputs.put("seed", scope.scalar(seed * 0x9E3779B97F4A7C15L + step));
        return graph.inputs().stream().map(inputs::get).toArray(DeviceTensor[]::new);
    }

    private TrainingStep report(float loss, float accuracy, double rate, boolean epochEnded) {
        double seconds = (System.nanoTime() - opened) / 1e9;
        long done = step - firstStep;
        long steps = steps();
        Duration left = Duration.ofMillis((long) (1000 * seconds / done * (steps - step)));
        return new TrainingStep(
                step,
                steps,
                accuracies.size(),
                epochEnded,
                loss,
                accuracy,
                rate,
                done * recipe.batchSize() / seconds,
                left,
                loader.waitedNanos() / 1e9 / seconds);
    }

    /** Steps taken so far, those before a resume included. */
    public long stepsTaken() {
        return step;
    }

    /** Steps of all epochs. */
    public long steps() {
        return stepsPerEpoch * recipe.epochs();
    }

    /** Mean benchmark accuracy after each epoch done. */
    public List<Double> accuracies() {
        return List.copyOf(accuracies);
    }

    /** The recogniser as it is now; it changes with every further step. */
    public Encoder encoder() {
        return Encoders.of(recipe.backbone(), TrainingGraph.backbone(recipe), parameters, () -> {});
    }

    /** Writes all that is needed to go on from here into a folder, in place of the checkpoint there. */
    public void checkpoint(Path folder) throws IOException {
        Files.createDirectories(folder);
        String tensors = Checkpoint.tensorsAt(step);
        parameters.save(folder.resolve(tensors), name -> true);
        new Checkpoint(step, List.copyOf(accuracies), dataset.size(), recipe, tensors).write(folder);
    }

    /** Writes the model folder that {@link Encoders#open} reads: the network's weights and, for people, its card. */
    public void export(Path folder) throws IOException {
        Files.createDirectories(folder);
        parameters.save(
                folder.resolve(Encoders.WEIGHTS),
                name -> !name.startsWith(TrainingGraph.HEAD) && !name.startsWith(TrainingGraph.OPTIMIZER));
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("backbone", recipe.backbone());
        card.put("dimension", TrainingGraph.backbone(recipe).dimension());
        card.put("input", "aligned face, 112x112, RGB, (value - 127.5) / 127.5");
        card.put("images", dataset.size());
        card.put("identities", dataset.classes());
        card.put("steps", step);
        card.put("accuracies", accuracies);
        card.put("recipe", recipe);
        Json.MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(Encoders.CARD).toFile(), card);
    }

    /** Frees the native memory; an encoder of this training ends with it. */
    @Override
    public void close() {
        loader.close();
        network.close();
        parameters.close();
    }
}
