package org.facemill.cli.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.training.AutoencoderRecipe;
import org.facemill.diffusion.training.AutoencoderTrainer;
import org.facemill.diffusion.training.Codebook;
import org.facemill.diffusion.training.DenoiserRecipe;
import org.facemill.diffusion.training.DenoiserTrainer;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.diffusion.training.LatentFolder;
import org.facemill.diffusion.training.ModelExport;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.painter.FacePainter;

/**
 * The stages of a generator's training in a work folder: autoencoder, latents, denoiser, model. Each leaves files from which a
 * later start goes on.
 */
public final class LdmProject {

    private static final int CODEBOOK_POINTS = 60_000;
    private static final int CODEBOOK_ITERATIONS = 4;

    private final LdmRecipe recipe;
    private final Path work;
    private final ImageSet images;
    private final VqConfig vq;
    private final Reporter reporter;

    /** Told how the stages get on. */
    public interface Reporter {

        /** @param note a figure in words: a loss, an error; may be empty */
        void progress(String stage, long done, long total, String note);
    }

    public LdmProject(LdmRecipe recipe, Path work, Reporter reporter) throws IOException {
        this.recipe = recipe;
        this.work = Files.createDirectories(work);
        this.reporter = reporter;
        this.vq = recipe.autoencoder().config(recipe.imageSize());
        this.images = recipe.data().painted().isPresent()
                ? new PaintedImages(new FacePainter(), recipe.data().painted().get())
                : FolderImages.open(recipe.data().folder().orElseThrow(), recipe.imageSize());
    }

    /** Runs what is not done yet, and writes the model folder. */
    public void run(Path model) throws IOException {
        Path latents = work.resolve("latents");
        try (AutoencoderTrainer autoencoder = autoencoder()) {
            trainAutoencoder(autoencoder);
            LatentFolder.encode(latents, vq, autoencoder.parameters(), recipe.precision(), images,
                    done -> reporter.progress("encode", done, images.size(), ""));
            try (LatentFolder set = LatentFolder.open(latents, images.size())) {
                trainDenoiser(set, model);
                float[] points = set.vectors(CODEBOOK_POINTS, recipe.seed());
                float[] codebook = Codebook.fit(points, vq.embedDim(), vq.codes(), CODEBOOK_ITERATIONS, recipe.seed());
                ModelExport.autoencoder(model, vq, autoencoder.parameters(), codebook);
            }
        }
    }

    private Path autoencoderCheckpoint() {
        return work.resolve("autoencoder.safetensors");
    }

    private AutoencoderTrainer autoencoder() throws IOException {
        AutoencoderRecipe training = recipe.autoencoderRecipe();
        return Files.exists(autoencoderCheckpoint())
                ? AutoencoderTrainer.resume(autoencoderCheckpoint(), vq, training, images)
                : AutoencoderTrainer.start(vq, training, images);
    }

    private void trainAutoencoder(AutoencoderTrainer trainer) throws IOException {
        long steps = recipe.autoencoderRecipe().steps();
        RunningMean error = new RunningMean();
        while (trainer.step() < steps) {
            error.add(trainer.advance());
            reporter.progress("autoencoder", trainer.step(), steps, error.text("mean absolute error %.2f of 255"));
            if (trainer.step() == steps || trainer.step() % recipe.training().stepsBetweenCheckpoints() == 0) {
                trainer.save(autoencoderCheckpoint());
            }
        }
    }

    private void trainDenoiser(LatentFolder set, Path model) throws IOException {
        UNetConfig config = recipe.model().config(vq.embedDim());
        NoiseSchedule schedule = schedule();
        DenoiserRecipe training = recipe.denoiserRecipe();
        Path checkpoint = work.resolve("denoiser.safetensors");
        RunningMean loss = new RunningMean();
        try (DenoiserTrainer trainer = Files.exists(checkpoint)
                ? DenoiserTrainer.resume(checkpoint, config, schedule, training, set)
                : DenoiserTrainer.start(config, schedule, training, set)) {
            while (trainer.step() < training.steps()) {
                double rate = trainer.learningRate();
                loss.add(trainer.advance());
                reporter.progress("denoiser", trainer.step(), training.steps(), loss.text("loss %.4f") + ", lr %.2e".formatted(rate));
                if (trainer.step() == training.steps() || trainer.step() % recipe.training().stepsBetweenCheckpoints() == 0) {
                    trainer.save(checkpoint);
                }
            }
            ModelExport.denoiser(model, config, schedule, recipe.imageSize(), trainer.parameters(), training.contextScale());
        }
    }

    /**
     * The least noisy part of the linear schedule. Its last levels differ in averages over the whole sample alone, which a
     * small network learns last; a sampler that starts below them starts from nearly the same distribution.
     */
    private NoiseSchedule schedule() {
        NoiseSchedule whole = NoiseSchedule.linear(recipe.training().levels());
        float[] betas = new float[recipe.training().keptLevels()];
        for (int t = 0; t < betas.length; t++) {
            betas[t] = whole.beta(t);
        }
        return NoiseSchedule.ofBetas(betas);
    }

    /** A mean that forgets: of the last hundred values or so. */
    private static final class RunningMean {
        private double mean;
        private long count;

        void add(double value) {
            count++;
            mean += (value - mean) / Math.min(count, 100);
        }

        String text(String format) {
            return format.formatted(mean);
        }
    }
}
