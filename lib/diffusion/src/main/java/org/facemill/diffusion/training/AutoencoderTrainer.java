package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.images.RgbImage;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * Trains an autoencoder step by step; what a step sees is a function of the recipe's seed and its number, its state one
 * .safetensors file, so that a cut run goes on as if it had never stopped. For one thread at a time.
 */
public final class AutoencoderTrainer implements AutoCloseable {
    private final AutoencoderRecipe recipe;
    private final ImageSet images;
    private final TrainingRun run;

    private AutoencoderTrainer(AutoencoderRecipe recipe, ImageSet images, TrainingRun run) {
        this.recipe = recipe;
        this.images = images;
        this.run = run;
    }

    /** Training from the start, with weights initialised by the recipe's seed. */
    public static AutoencoderTrainer start(VqConfig config, AutoencoderRecipe recipe, ImageSet images) {
        return new AutoencoderTrainer(recipe, images, TrainingRun.start(recipe.loss().record(config, recipe.precision()), recipe.seed()));
    }

    /**
     * Training from a checkpoint on.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    public static AutoencoderTrainer resume(Path checkpoint, VqConfig config, AutoencoderRecipe recipe, ImageSet images)
            throws IOException {
        return new AutoencoderTrainer(recipe, images, TrainingRun.resume(recipe.loss().record(config, recipe.precision()), checkpoint));
    }

    /**
     * Training of the decoder alone, from a trained autoencoder on, see {@link AutoencoderTraining#recordDecoder}.
     *
     * @param trained state of the autoencoder's training: its average is taken
     */
    public static AutoencoderTrainer startDecoder(VqConfig config, AutoencoderRecipe recipe, ImageSet images, Parameters trained) {
        return new AutoencoderTrainer(recipe, images,
                TrainingRun.start(recipe.loss().recordDecoder(config, recipe.precision()), Averages.of(trained), recipe.seed()));
    }

    /** The same from a checkpoint on; errors as {@link #resume}. */
    public static AutoencoderTrainer resumeDecoder(Path checkpoint, VqConfig config, AutoencoderRecipe recipe, ImageSet images)
            throws IOException {
        return new AutoencoderTrainer(recipe, images,
                TrainingRun.resume(recipe.loss().recordDecoder(config, recipe.precision()), checkpoint));
    }

    /** Steps taken so far. */
    public long step() {
        return run.step();
    }

    /** Takes one step; gives the mean absolute error of the pictures, 0..255. */
    public double advance() {
        return run.advance(this::input).get(1) * 127.5;
    }

    private DeviceTensor input(Scope scope, String name) {
        AutoencoderRecipe.Phase phase = recipe.phase(step());
        return switch (name) {
            case "images" -> scope.bytes(crops(phase), phase.batch(), phase.crop(), phase.crop(), 3);
            case "seed" -> scope.scalar(recipe.seed() * 31 + step());
            case "lr" -> scope.scalar((float) recipe.rate(step()));
            case "decay" -> scope.scalar((float) AverageDecay.INTENDED.at(step()));
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
