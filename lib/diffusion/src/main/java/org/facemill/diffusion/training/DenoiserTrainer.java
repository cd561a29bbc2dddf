package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.file.Path;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * Trains a denoiser step by step. Its state is one .safetensors file (weights, {@code optimizer.}, {@code ema.}); restored
 * from it, training goes on as if it had never stopped. For one thread at a time.
 */
public final class DenoiserTrainer implements AutoCloseable {
    private final DenoiserRecipe recipe;
    private final GraphTrainer run;
    private final Batch batch;

    private DenoiserTrainer(DenoiserRecipe recipe, GraphTrainer run, Batch batch) {
        this.recipe = recipe;
        this.run = run;
        this.batch = batch;
    }

    /** Training from the start, with weights initialised by the recipe's seed. */
    public static DenoiserTrainer start(
            UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe, TrainingSet set) {
        return start(
                config,
                schedule,
                recipe,
                set,
                DenoiserLoss.record(config, recipe).runsAtOnce());
    }

    /** @param most parts of a batch that are computed at once */
    static DenoiserTrainer start(
            UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe, TrainingSet set, int most) {
        Batch batch = new Batch(set, recipe, schedule);
        Graph graph = DenoiserLoss.record(config, recipe);
        Parameters initial = Parameters.initialise(graph, recipe.seed());
        if (config.isContextConditional() && recipe.contexts().regression()) {
            ContextRegression.apply(initial, "context_emb.weight", set);
        }
        return new DenoiserTrainer(
                recipe, new GraphTrainer(graph, recipe.maxGradNorm(), Math.min(most, recipe.batch()), initial), batch);
    }

    /**
     * Training from a checkpoint on.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    public static DenoiserTrainer resume(
            Path checkpoint, UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe, TrainingSet set)
            throws IOException {
        Batch batch = new Batch(set, recipe, schedule);
        Graph graph = DenoiserLoss.record(config, recipe);
        return new DenoiserTrainer(
                recipe,
                GraphTrainer.resume(
                        graph, recipe.maxGradNorm(), Math.min(graph.runsAtOnce(), recipe.batch()), checkpoint),
                batch);
    }

    /** Steps taken so far. */
    public long step() {
        return run.step();
    }

    /** The learning rate of the next step. */
    public double learningRate() {
        return recipe.learningRate().at(step());
    }

    /** Takes one step; gives its loss. */
    public float advance() {
        batch.fill(step());
        return run.advance(recipe.batch(), learningRate(), recipe.average().at(step()), this::input)
                .get(0);
    }

    private DeviceTensor input(Scope scope, String name, MicroBatch part) {
        return name.equals("seed")
                ? scope.scalar((recipe.seed() * 31 + step()) * 31 + part.from())
                : batch.tensor(scope, name, part);
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
