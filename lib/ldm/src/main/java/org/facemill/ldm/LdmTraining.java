package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.diffusion.model.FirstStage;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.ModelConfig;
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
import org.facemill.tensor.DType;
import org.facemill.torch.Parameters;

/**
 * The stages of a generator's training: autoencoder, latents, denoiser, model. Each leaves its state in a work folder; a
 * training that is cut anywhere and taken up again on that folder ends with the same weights as one uncut, on one class of
 * device, threads and precision. For one thread.
 */
public final class LdmTraining {

    private static final int CODEBOOK_POINTS = 60_000;
    private static final int CODEBOOK_ITERATIONS = 4;

    private final LdmRecipe recipe;
    private final Path root;
    private final Path work;
    private final Path model;
    private final TrainingObserver observer;
    private final ImageSet images;
    private final List<String> unreadable;
    private TrainingMetrics metrics;
    private long stepsBefore;

    /**
     * What came of a training.
     *
     * @param steps      of the denoiser
     * @param loss       mean of the last hundred or so
     * @param unreadable pictures that cannot be decoded, and were left out
     */
    public record Result(long steps, double loss, List<String> unreadable) {}

    /** The observer asked to stop. */
    private static final class Stopped extends RuntimeException {}

    private LdmTraining(LdmRecipe recipe, Path root, Path work, Path model, TrainingObserver observer)
            throws IOException {
        this.recipe = recipe;
        this.root = root;
        this.work = Files.createDirectories(work);
        this.model = model;
        this.observer = observer;
        this.metrics = TrainingMetrics.read(work);
        TrainingImages pictures = TrainingImages.open(recipe, root, work, this::report);
        this.images = pictures.set();
        this.unreadable = pictures.unreadable();
        int length = images.context(0).length;
        int wanted = recipe.model().contextInputChannels();
        if (recipe.model().isContextConditional() && length != wanted) {
            throw new IllegalArgumentException(
                    "model.context_input_channels: " + wanted + ", the data's contexts have " + length + " numbers");
        }
    }

    /**
     * Does what is not done yet.
     *
     * @param root  that the recipe's paths start from
     * @param work  folder of the state
     * @param model folder that is written: a whole model after every sample grid and at the end
     * @return empty where the observer asked to stop; all that was done is in the work folder
     * @throws IOException              if data or state cannot be read
     * @throws IllegalArgumentException if parts of the recipe do not fit each other or the state; the message names them
     */
    public static Optional<Result> run(LdmRecipe recipe, Path root, Path work, Path model, TrainingObserver observer)
            throws IOException {
        try {
            return Optional.of(new LdmTraining(recipe, root, work, model, observer).run());
        } catch (Stopped e) {
            return Optional.empty();
        }
    }

    /**
     * Files beside an array of contexts that may say which picture each row belongs to, unless a recipe says it: a text of
     * the same name, as {@code facemill embed} writes it, and ADMIS' {@code image_names.pkl}.
     *
     * @param array path with slashes
     */
    public static List<String> rowNames(String array) {
        return RowNames.beside(array);
    }

    private Result run() throws IOException {
        if (recipe.latent()) {
            int channels = recipe.autoencoder().isPresent()
                    ? trainFirstStage(recipe.autoencoder().get())
                    : takeFirstStage(root.resolve(recipe.firstStage().orElseThrow()));
            try (LatentFolder set = LatentFolder.open(latents(), images.size())) {
                trainDenoiser(set, channels);
            }
        } else {
            trainDenoiser(new PixelSet(images), TrainerConfigs.COLOURS);
        }
        new ModelCard(recipe, metrics, images.size()).write(model);
        return new Result(recipe.training().steps(), metrics.loss().mean(), unreadable);
    }

    private Path latents() {
        return work.resolve("latents");
    }

    /** Latents by an autoencoder that is there; gives their channels. */
    private int takeFirstStage(Path folder) throws IOException {
        try (FirstStage stage = FirstStage.open(folder)) {
            encode(stage.config(), stage.encoder(), DType.F32);
            for (Path file : stage.files()) {
                Path target =
                        Files.createDirectories(model.resolve("autoencoder")).resolve(file.getFileName());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return stage.config().embedDim();
        }
    }

    /** Autoencoder, latents and codebook; gives the latents' channels. */
    private int trainFirstStage(LdmRecipe.Autoencoder shape) throws IOException {
        VqConfig vq = TrainerConfigs.vq(shape, recipe.imageSize());
        AutoencoderRecipe training = TrainerConfigs.autoencoder(recipe, shape);
        Path checkpoint = work.resolve("autoencoder.safetensors");
        try (AutoencoderTrainer trainer = Files.exists(checkpoint)
                ? AutoencoderTrainer.resume(checkpoint, vq, training, images)
                : AutoencoderTrainer.start(vq, training, images)) {
            trainAutoencoder("autoencoder", trainer, training.steps(), checkpoint);
            encode(vq, trainer.parameters(), training.precision());
            if (shape.decoderPhases().isPresent()) {
                trainDecoder(
                        TrainerConfigs.decoder(recipe, shape.decoderPhases().get()), vq, trainer.parameters());
            } else {
                export(vq, trainer.parameters());
            }
            return vq.embedDim();
        }
    }

    private void trainDecoder(AutoencoderRecipe training, VqConfig vq, Parameters autoencoder) throws IOException {
        Path checkpoint = work.resolve("decoder.safetensors");
        try (AutoencoderTrainer trainer = Files.exists(checkpoint)
                ? AutoencoderTrainer.resumeDecoder(checkpoint, vq, training, images)
                : AutoencoderTrainer.startDecoder(vq, training, images, autoencoder)) {
            trainAutoencoder("decoder", trainer, training.steps(), checkpoint);
            export(vq, trainer.parameters());
        }
    }

    private void export(VqConfig vq, Parameters autoencoder) throws IOException {
        try (LatentFolder set = LatentFolder.open(latents(), images.size())) {
            float[] points = set.vectors(CODEBOOK_POINTS, recipe.seed());
            ModelExport.autoencoder(
                    model,
                    vq,
                    autoencoder,
                    Codebook.fit(points, vq.embedDim(), vq.codes(), CODEBOOK_ITERATIONS, recipe.seed()));
        }
    }

    private void encode(VqConfig vq, Parameters encoder, DType precision) throws IOException {
        LatentFolder.encode(latents(), vq, encoder, precision, images, done -> report("encode", done, images.size()));
        stepsBefore += images.size();
        observer.saved(stepsBefore);
    }

    private void trainAutoencoder(String stage, AutoencoderTrainer trainer, long steps, Path checkpoint)
            throws IOException {
        while (trainer.step() < steps) {
            metrics = metrics.withError(trainer.advance());
            boolean goOn = observer.progress(
                    stage,
                    trainer.step(),
                    steps,
                    Map.of("error", metrics.error().mean()));
            if (isDue(trainer.step(), steps, recipe.training().stepsBetweenCheckpoints()) || !goOn) {
                trainer.save(checkpoint);
                saved(trainer.step(), goOn);
            }
        }
        stepsBefore += steps;
    }

    private void trainDenoiser(TrainingSet set, int channels) throws IOException {
        UNetConfig unet = TrainerConfigs.unet(recipe.model(), channels);
        NoiseSchedule schedule = TrainerConfigs.schedule(recipe);
        DenoiserRecipe training = TrainerConfigs.denoiser(recipe);
        Path checkpoint = work.resolve("denoiser.safetensors");
        try (DenoiserTrainer trainer = Files.exists(checkpoint)
                ? DenoiserTrainer.resume(checkpoint, unet, schedule, training, set)
                : DenoiserTrainer.start(unet, schedule, training, set)) {
            while (trainer.step() < training.steps()) {
                double rate = trainer.learningRate();
                metrics = metrics.withLoss(trainer.advance());
                long step = trainer.step();
                boolean goOn = observer.progress(
                        "denoiser",
                        step,
                        training.steps(),
                        Map.of("loss", metrics.loss().mean(), "lr", rate));
                if (isDue(step, training.steps(), recipe.training().stepsBetweenCheckpoints()) || !goOn) {
                    trainer.save(checkpoint);
                    saved(step, goOn);
                }
                if (step < training.steps()
                        && isDue(step, training.steps(), recipe.training().stepsBetweenSampling())) {
                    sample(trainer, unet, schedule);
                }
            }
            sample(trainer, unet, schedule);
        }
    }

    private static boolean isDue(long step, long last, int every) {
        return step == last || every > 0 && step % every == 0;
    }

    private void saved(long step, boolean goOn) throws IOException {
        metrics.write(work);
        observer.saved(stepsBefore + step);
        if (!goOn) {
            throw new Stopped();
        }
    }

    private void sample(DenoiserTrainer trainer, UNetConfig unet, NoiseSchedule schedule) throws IOException {
        ModelConfig config = new ModelConfig(
                unet,
                schedule,
                recipe.imageSize(),
                recipe.latent(),
                recipe.model().contextNorm(),
                recipe.sampling());
        ModelExport.denoiser(
                model, config, trainer.parameters(), recipe.training().contextScale());
        try (GeneratorModel generator =
                GeneratorModel.open(model, recipe.training().precision())) {
            observer.sampled(trainer.step(), new SampleGrid(images, recipe.seed()).draw(generator));
        }
    }

    /** Of stages whose state is no checkpoint: files that are whole, or nothing. */
    private void report(String stage, long done, long total) {
        if (!observer.progress(stage, done, total, Map.of())) {
            throw new Stopped();
        }
    }
}
