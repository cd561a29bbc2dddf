package org.facemill.cli.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Errors;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.Pictures;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.diffusion.identity.PictureInversion;
import org.facemill.diffusion.identity.PictureInversion.Inverted;
import org.facemill.diffusion.model.ModelLocation;
import org.facemill.diffusion.model.NotFiniteException;
import org.facemill.diffusion.sampler.DdimSampler.Variant;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.ldm.PairedContexts;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "invert",
        description = {
            "Turn pictures into the noise that a diffusion model makes them of, and back (DDIM inversion).",
            "Writes noise/NAME.npy, reconstructions/NAME.png and errors.csv: each picture's mean absolute difference from its "
                    + "reconstruction in grey levels, 0 to 255, and the autoencoder's part of it."
        })
public final class InvertCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Parameters(paramLabel = "PICTURES", description = "Folder of pictures (.png, .jpg).")
    private Path folder;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--contexts",
            paramLabel = "FILE",
            description =
                    "Whom the pictures show, as `sample` takes it: a context is called as its picture, or as the folder of "
                            + "pictures of one person (default: all are inverted without context).")
    private Optional<Path> contexts;

    @Option(
            names = "--steps",
            paramLabel = "STEPS",
            defaultValue = "50",
            description = "Steps of DDIM, there and back (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 100_000)
    private int steps;

    @Option(names = "--faithful", description = "With the steps of sampling method ddim-faithful.")
    private boolean faithful;

    @Mixin
    private PictureOptions pictureOptions;

    @Mixin
    private TorchOptions torch;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for all of it.")
    private Path out;

    private final StringBuilder errors = new StringBuilder("picture,error,autoencoder_error\n");
    private double error;
    private double autoencoderError;
    private int inverted;

    /**
     * The outcome.
     *
     * @param error            mean of the pictures' errors, 0 to 255
     * @param autoencoderError the autoencoder's part of it
     * @param failed           pictures that cannot be read, or have no context
     */
    record Result(
            int images,
            int failed,
            double error,
            double autoencoderError,
            int steps,
            boolean asStored,
            double seconds,
            Path out) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        long start = System.nanoTime();
        List<Picture> pictures = Pictures.below(folder);
        Optional<PairedContexts> paired = Optional.empty();
        if (contexts.isPresent()) {
            paired = Optional.of(PairedContexts.of(contexts.get(), pictures, Contexts.read(contexts.get())));
        }
        Map<String, String> names =
                FileNames.ofFiles(pictures.stream().map(Picture::path).toList());
        ModelLocation location = model.location();
        results.requireApart(out, location.folder());
        try (PictureInversion inversion = open(location);
                ProgressDisplay progress =
                        output.progress("invert", (long) pictures.size() * inversion.steps(), "steps")) {
            results.claim(out, location.folder());
            int done = 0;
            for (Picture picture : pictures) {
                invert(inversion, picture, paired, names.get(picture.path()), progress);
                progress.stepTo((long) ++done * inversion.steps());
            }
        }
        WholeFiles.write(out.resolve("errors.csv"), errors);
        return report(pictures.size() - inverted, (System.nanoTime() - start) / 1e9);
    }

    private PictureInversion open(ModelLocation location) throws IOException {
        try {
            return PictureInversion.open(location, steps, faithful ? Variant.ADMIS : Variant.PAPER);
        } catch (IllegalArgumentException e) {
            throw output.badUsage(e.getMessage());
        }
    }

    private void invert(
            PictureInversion inversion,
            Picture picture,
            Optional<PairedContexts> paired,
            String name,
            ProgressDisplay progress)
            throws IOException {
        try {
            Optional<float[]> context = paired.isPresent() ? paired.get().find(picture) : Optional.empty();
            if (paired.isPresent() && context.isEmpty()) {
                output.say(picture.path() + ": no context of " + contexts.get() + " is called so");
                return;
            }
            RgbImage image = pictureOptions.decode(picture.file());
            write(
                    inversion.invert(image, context, (step, t, x) -> progress.step()),
                    inversion.noiseShape(),
                    picture,
                    name);
        } catch (ImageException | UncheckedIOException | NotFiniteException e) {
            output.say(Errors.message(e));
        }
    }

    private void write(Inverted result, long[] shape, Picture picture, String name) throws IOException {
        Path noise = out.resolve("noise").resolve(name + ".npy");
        Files.createDirectories(noise.getParent());
        WholeFiles.write(noise, file -> Npy.write(file, Tensor.of(shape, result.noise())));
        Images.writePng(out.resolve("reconstructions").resolve(name + ".png"), result.reconstruction());
        errors.append(String.format(
                Locale.ROOT,
                "\"%s\",%.4f,%.4f%n",
                picture.path().replace("\"", "\"\""),
                result.error(),
                result.autoencoderError()));
        error += result.error();
        autoencoderError += result.autoencoderError();
        inverted++;
    }

    private int report(int failed, double seconds) {
        Result result = new Result(
                inverted,
                failed,
                error / inverted,
                autoencoderError / inverted,
                steps,
                pictureOptions.asStored(),
                seconds,
                out);
        output.result(
                result,
                String.format(
                        Locale.ROOT,
                        "%d pictures inverted in %s; mean absolute error %.2f of 255 (autoencoder alone: %.2f)%s",
                        inverted,
                        out,
                        result.error(),
                        result.autoencoderError(),
                        failed == 0 ? "" : "; " + failed + " failed, named above"));
        return failed == 0 ? 0 : 1;
    }
}
