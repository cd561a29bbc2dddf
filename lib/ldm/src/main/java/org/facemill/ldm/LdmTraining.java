package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.recipe.LdmRecipe;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.Precision;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.training.AutoencoderRecipe;
import org.facemill.diffusion.training.AutoencoderTrainer;
import org.facemill.diffusion.training.Codebook;
import org.facemill.diffusion.training.DenoiserRecipe;
import org.facemill.diffusion.training.DenoiserTrainer;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.diffusion.training.LatentFolder;
import org.facemill.diffusion.training.ModelExport;
import org.facemill.diffusion.training.PixelSet;
import org.facemill.diffusion.training.TrainingSet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;

/**
 * The stages of a generator's training: autoencoder, latents, denoiser, model. Each leaves its state in a work folder; a
 * training that is cut anywhere and taken up again on that folder ends with the same weights as one uncut, on one class of
 * device, threads and precision. For one thread.
 */
public final class LdmTraining {

    private static final int CODEBOOK_POINTS = 60_000;
    private static final int CODEBOOK_ITERATIONS = 4;

    private final LdmRecipe recipe;
    private final UNetConfig unet;
    private final Path work;
    private final Path model;
    private final TrainingObserver observer;
    private final ImageSet images;
    private Figures figures;
    private long stepsBefore;

    /**
     * What came of a training.
     *
     * @param steps of the denoiser
     * @param loss  mean of the last hundred or so
     */
    public record Result(long steps, double loss) {
    }

    /** The observer said stop. */
    private static final class Stopped extends RuntimeException {
    }

    private LdmTraining(LdmRecipe recipe, Path root, Path work, Path model, TrainingObserver observer) throws IOException {
        this.recipe = recipe;
        this.unet = TrainingTerms.unet(recipe);
        this.work = Files.createDirectories(work);
        this.model = model;
        this.observer = observer;
        this.figures = Figures.read(work);
        this.images = TrainingImages.open(recipe, root, work, (done, total) -> report("embed", done, total));
        int length = images.context(0).length;
        if (unet.isContextConditional() && length != unet.contextInputChannels()) {
            throw new IllegalArgumentException("model.context_input_channels: " + unet.contextInputChannels() + ", the data's contexts have "
                    + length + " numbers");
        }
    }

    /**
     * Does what is not done yet.
     *
     * @param root  that the recipe's paths start from
     * @param work  folder of the state
     * @param model folder that is written: a whole model after every sample grid and at the end
     * @return empty where the observer said stop; all that was done is in the work folder
     * @throws IOException              if data or state cannot be read
     * @throws IllegalArgumentException if parts of the recipe do not fit each other or the state; the message names them
     */
    public static Optional<Result> run(LdmRecipe recipe, Path root, Path work, Path model, TrainingObserver observer) throws IOException {
        try {
            return Optional.of(new LdmTraining(recipe, root, work, model, observer).run());
        } catch (Stopped e) {
            return Optional.empty();
        }
    }

    private Result run() throws IOException {
        if (recipe.autoencoder().isPresent()) {
            VqConfig vq = TrainingTerms.vq(recipe.autoencoder().get(), recipe.imageSize());
            firstStage(vq, TrainingTerms.autoencoder(recipe, recipe.autoencoder().get()));
            try (LatentFolder set = LatentFolder.open(latents(), images.size())) {
                trainDenoiser(set);
            }
        } else {
            trainDenoiser(new PixelSet(images));
        }
        new ModelCard(recipe, figures, images.size()).write(model);
        return new Result(recipe.training().steps(), figures.loss().mean());
    }

    private Path latents() {
        return work.resolve("latents");
    }

    /** Autoencoder, latents and codebook. */
    private void firstStage(VqConfig vq, AutoencoderRecipe training) throws IOException {
        Path checkpoint = work.resolve("autoencoder.safetensors");
        try (AutoencoderTrainer trainer = Files.exists(checkpoint)
                ? AutoencoderTrainer.resume(checkpoint, vq, training, images)
                : AutoencoderTrainer.start(vq, training, images)) {
            trainAutoencoder(trainer, training.steps(), checkpoint);
            stepsBefore += training.steps();
            LatentFolder.encode(latents(), vq, trainer.parameters(), training.precision(), images,
                    done -> report("encode", done, images.size()));
            stepsBefore += images.size();
            observer.saved(stepsBefore);
            try (LatentFolder set = LatentFolder.open(latents(), images.size())) {
                float[] points = set.vectors(CODEBOOK_POINTS, recipe.seed());
                ModelExport.autoencoder(model, vq, trainer.parameters(),
                        Codebook.fit(points, vq.embedDim(), vq.codes(), CODEBOOK_ITERATIONS, recipe.seed()));
            }
        }
    }

    private void trainAutoencoder(AutoencoderTrainer trainer, long steps, Path checkpoint) throws IOException {
        while (trainer.step() < steps) {
            figures = figures.withError(trainer.advance());
            boolean goOn = observer.progress("autoencoder", trainer.step(), steps, Map.of("error", figures.error().mean()));
            if (isDue(trainer.step(), steps, recipe.training().stepsBetweenCheckpoints()) || !goOn) {
                trainer.save(checkpoint);
                saved(trainer.step(), goOn);
            }
        }
    }

    private void trainDenoiser(TrainingSet set) throws IOException {
        NoiseSchedule schedule = TrainingTerms.schedule(recipe);
        DenoiserRecipe training = TrainingTerms.denoiser(recipe);
        Path checkpoint = work.resolve("denoiser.safetensors");
        try (DenoiserTrainer trainer = Files.exists(checkpoint)
                ? DenoiserTrainer.resume(checkpoint, unet, schedule, training, set)
                : DenoiserTrainer.start(unet, schedule, training, set)) {
            while (trainer.step() < training.steps()) {
                double rate = trainer.learningRate();
                figures = figures.withLoss(trainer.advance());
                long step = trainer.step();
                boolean goOn = observer.progress("denoiser", step, training.steps(), Map.of("loss", figures.loss().mean(), "lr", rate));
                if (isDue(step, training.steps(), recipe.training().stepsBetweenCheckpoints()) || !goOn) {
                    trainer.save(checkpoint);
                    saved(step, goOn);
                }
                if (step < training.steps() && isDue(step, training.steps(), recipe.training().stepsBetweenSampling())) {
                    sample(trainer, schedule);
                }
            }
            sample(trainer, schedule);
        }
    }

    private static boolean isDue(long step, long last, int every) {
        return step == last || every > 0 && step % every == 0;
    }

    private void saved(long step, boolean goOn) throws IOException {
        figures.write(work);
        observer.saved(stepsBefore + step);
        if (!goOn) {
            throw new Stopped();
        }
    }

    private void sample(DenoiserTrainer trainer, NoiseSchedule schedule) throws IOException {
        ModelExport.denoiser(model, unet, schedule, recipe.imageSize(), recipe.latent(), trainer.parameters(),
                recipe.training().contextScale());
        Precision precision = Precision.of(recipe.training().precision().name().toLowerCase(Locale.ROOT));
        try (GeneratorModel generator = GeneratorModel.open(model, precision)) {
            observer.sampled(trainer.step(), new SampleGrid(images, recipe.seed()).draw(generator));
        }
    }

    /** Of stages that keep what they have done as they go. */
    private void report(String stage, long done, long total) {
        if (!observer.progress(stage, done, total, Map.of())) {
            throw new Stopped();
        }
    }
}
