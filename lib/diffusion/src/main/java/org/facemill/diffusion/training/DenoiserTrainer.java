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
    private final TrainingRun run;
    private final Batch batch;

    private DenoiserTrainer(DenoiserRecipe recipe, TrainingRun run, Batch batch) {
        this.recipe = recipe;
        this.run = run;
        this.batch = batch;
    }

    /** Training from the start, with weights initialised by the recipe's seed. */
    public static DenoiserTrainer start(UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe, TrainingSet set) {
        Batch batch = new Batch(set, recipe, schedule);
        Graph graph = DenoiserTraining.record(config, recipe);
        Parameters initial = Parameters.initialise(graph, recipe.seed());
        if (config.isContextConditional() && recipe.contextRegression()) {
            ContextRegression.apply(initial, "context_emb.weight", set);
        }
        return new DenoiserTrainer(recipe, TrainingRun.start(graph, initial), batch);
    }

    /**
     * Training from a checkpoint on.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    public static DenoiserTrainer resume(Path checkpoint, UNetConfig config, NoiseSchedule schedule, DenoiserRecipe recipe,
            TrainingSet set) throws IOException {
        Batch batch = new Batch(set, recipe, schedule);
        return new DenoiserTrainer(recipe,
                TrainingRun.resume(DenoiserTraining.record(config, recipe), checkpoint), batch);
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
        return run.advance(this::input).get(0);
    }

    private DeviceTensor input(Scope scope, String name) {
        return switch (name) {
            case "lr" -> scope.scalar((float) learningRate());
            case "decay" -> scope.scalar((float) recipe.average().at(step()));
            case "seed" -> scope.scalar(recipe.seed() * 31 + step());
            default -> batch.tensor(scope, name);
        };
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
