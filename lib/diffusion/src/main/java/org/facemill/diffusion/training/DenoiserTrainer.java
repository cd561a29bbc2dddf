package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * Trains a denoiser step by step. Its state is one .safetensors file (weights, {@code optimizer.}, {@code ema.}); restored
 * from it, training goes on as if it had never stopped. For one thread at a time.
 */
public final class DenoiserTrainer implements AutoCloseable {
    private static final String STEP = "optimizer.step.image_proj.weight";

    private final DenoiserRecipe recipe;
    private final Graph graph;
    private final Parameters parameters;
    private final Network network;
    private final Batch batch;
    private long step;

    private DenoiserTrainer(DenoiserRecipe recipe, Graph graph, Parameters parameters, Batch batch) {
        this.recipe = recipe;
        this.graph = graph;
        this.parameters = parameters;
        this.network = Network.load(graph, parameters);
        this.batch = batch;
        // Adam counts its updates; every parameter has had the same number
        this.step = (long) parameters.get(STEP).item();
    }

    /** Training from the start, with weights initialised by the recipe's seed. */
    public static DenoiserTrainer start(UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe, TrainingSet set) {
        Graph graph = DenoiserTraining.record(config, recipe.precision());
        return new DenoiserTrainer(recipe, graph, Parameters.initialise(graph, recipe.seed()), new Batch(set, recipe, schedule));
    }

    /**
     * Training from a checkpoint on.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    public static DenoiserTrainer resume(Path checkpoint, UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe,
            TrainingSet set) throws IOException {
        Graph graph = DenoiserTraining.record(config, recipe.precision());
        try (TensorFile file = TensorFile.open(checkpoint)) {
            Parameters parameters = Parameters.load(graph, checkpoint.toString(), file.tensors());
            return new DenoiserTrainer(recipe, graph, parameters, new Batch(set, recipe, schedule));
        }
    }

    /** Steps taken so far. */
    public long step() {
        return step;
    }

    /** The learning rate of the next step. */
    public double learningRate() {
        return recipe.learningRate().at(step);
    }

    /** Takes one step; gives its loss. */
    public float advance() {
        batch.fill(step);
        try (Scope scope = Scope.open()) {
            DeviceTensor[] inputs = graph.inputs().stream().map(name -> input(scope, name)).toArray(DeviceTensor[]::new);
            float loss = network.run(scope, inputs).get(0).item();
            if (!Float.isFinite(loss)) {
                throw new IllegalStateException("the loss is " + loss + " at step " + step
                        + "; go on from an earlier checkpoint with a smaller learning rate");
            }
            step++;
            return loss;
        }
    }

    private DeviceTensor input(Scope scope, String name) {
        return switch (name) {
            case "lr" -> scope.scalar((float) learningRate());
            case "decay" -> scope.scalar((float) recipe.average().at(step));
            case "seed" -> scope.scalar(recipe.seed() * 31 + step);
            default -> batch.tensor(scope, name);
        };
    }

    /** Weights, their average and the optimizer's state; they change with the next step. */
    public Parameters parameters() {
        return parameters;
    }

    /** Writes the state; a file that is there is replaced at once. */
    public void save(Path checkpoint) throws IOException {
        Path partial = checkpoint.resolveSibling(checkpoint.getFileName() + ".partial");
        parameters.save(partial, name -> true);
        Files.move(partial, checkpoint, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        network.close();
        parameters.close();
    }
}
