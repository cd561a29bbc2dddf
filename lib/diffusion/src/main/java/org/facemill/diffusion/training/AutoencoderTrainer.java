package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Tensor;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * Trains an autoencoder step by step; what a step sees is a function of the recipe's seed and its number, its state one
 * .safetensors file, so that a cut run goes on as if it had never stopped. For one thread at a time.
 */
public final class AutoencoderTrainer implements AutoCloseable {
    private static final Optional<Double> MAX_GRAD_NORM = Optional.of(1.0);

    private final AutoencoderRecipe recipe;
    private final ImageSet images;
    private final GraphTrainer run;

    private AutoencoderTrainer(AutoencoderRecipe recipe, ImageSet images, GraphTrainer run) {
        this.recipe = recipe;
        this.images = images;
        this.run = run;
    }

    /** Training from the start, with weights initialised by the recipe's seed. */
    public static AutoencoderTrainer start(VqConfig config, AutoencoderRecipe recipe, ImageSet images) {
        return start(recipe, images, recipe.loss().record(config, recipe.precision()), Map.of());
    }

    /**
     * Training from a checkpoint on.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    public static AutoencoderTrainer resume(Path checkpoint, VqConfig config, AutoencoderRecipe recipe, ImageSet images)
            throws IOException {
        return resume(checkpoint, recipe, images, recipe.loss().record(config, recipe.precision()));
    }

    /**
     * Training of the decoder alone, from a trained autoencoder on, see {@link AutoencoderLoss#recordDecoder}.
     *
     * @param trained state of the autoencoder's training: its average is taken
     */
    public static AutoencoderTrainer startDecoder(
            VqConfig config, AutoencoderRecipe recipe, ImageSet images, Parameters trained) {
        return start(
                recipe, images, recipe.loss().recordDecoder(config, recipe.precision()), AveragedWeights.of(trained));
    }

    /** The same from a checkpoint on; errors as {@link #resume}. */
    public static AutoencoderTrainer resumeDecoder(
            Path checkpoint, VqConfig config, AutoencoderRecipe recipe, ImageSet images) throws IOException {
        return resume(checkpoint, recipe, images, recipe.loss().recordDecoder(config, recipe.precision()));
    }

    private static AutoencoderTrainer start(
            AutoencoderRecipe recipe, ImageSet images, Graph graph, Map<String, Tensor> trained) {
        Parameters initial = new Parameters(graph.name());
        trained.forEach((name, tensor) -> initial.put(name, tensor.floats(), tensor.shape()));
        initial.initialiseMissing(graph, recipe.seed());
        return new AutoencoderTrainer(
                recipe, images, new GraphTrainer(graph, MAX_GRAD_NORM, parts(recipe, graph), initial));
    }

    private static AutoencoderTrainer resume(Path checkpoint, AutoencoderRecipe recipe, ImageSet images, Graph graph)
            throws IOException {
        return new AutoencoderTrainer(
                recipe, images, GraphTrainer.resume(graph, MAX_GRAD_NORM, parts(recipe, graph), checkpoint));
    }

    private static int parts(AutoencoderRecipe recipe, Graph graph) {
        int smallest = recipe.phases().stream()
                .mapToInt(AutoencoderRecipe.Phase::batch)
                .min()
                .orElseThrow();
        return Math.min(graph.runsAtOnce(), smallest);
    }

    /** Steps taken so far. */
    public long step() {
        return run.step();
    }

    /** Takes one step; gives the mean absolute error of the pictures, 0..255. */
    public double advance() {
        AutoencoderRecipe.Phase phase = recipe.phase(step());
        byte[] crops = crops(phase);
        return run.advance(
                                phase.batch(),
                                recipe.rate(step()),
                                EmaDecay.INTENDED.at(step()),
                                (scope, name, part) -> input(scope, name, part, phase.crop(), crops))
                        .get(1)
                * 127.5;
    }

    private DeviceTensor input(Scope scope, String name, MicroBatch part, int crop, byte[] crops) {
        int size = crop * crop * 3;
        return switch (name) {
            case "images" ->
                scope.bytes(
                        Arrays.copyOfRange(crops, part.from() * size, part.end() * size), part.size(), crop, crop, 3);
            case "seed" -> scope.scalar((recipe.seed() * 31 + step()) * 31 + part.from());
            default -> throw new IllegalArgumentException("a step has no `" + name + "`");
        };
    }

    /** Random squares of random pictures. */
    private byte[] crops(AutoencoderRecipe.Phase phase) {
        int edge = phase.crop();
        byte[] crops = new byte[phase.batch() * edge * edge * 3];
        SplittableRandom random = new SplittableRandom(recipe.seed() * 0x9E3779B97F4A7C15L + step());
        for (int i = 0; i < phase.batch(); i++) {
            RgbImage image = images.image(random.nextInt(images.size()));
            int x = random.nextInt(image.width() - edge + 1);
            int y = random.nextInt(image.height() - edge + 1);
            System.arraycopy(image.crop(x, y, edge, edge).pixels(), 0, crops, i * edge * edge * 3, edge * edge * 3);
        }
        return crops;
    }

    /** Weights, their average and the optimizer's state; they change with the next step. */
    public Parameters parameters() {
        return run.parameters();
    }

    /** Writes the state; a file that is there is replaced at once. */
    public void save(Path checkpoint) throws IOException {
        run.save(checkpoint);
    }

    @Override
    public void close() {
        run.close();
    }
}
