package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.Home;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.Method;
import org.facemill.contracts.recipe.run.GuidanceChoice;
import org.facemill.contracts.recipe.run.Sampling;
import org.facemill.datasets.files.FileNames;
import org.facemill.diffusion.identity.IdentitySampler;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "sample",
        description = {
            "Sample images of identities with a diffusion model: one block, a grid of its images, per identity.",
            "Blocks that are there already are kept, so that a command that was cut off goes on where it stopped."
        })
public final class SampleCommand implements Callable<Integer> {

    private static final int COLUMNS = 4;

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME|DIR",
            description = "Generator model: the name of a shipped one, such as demo, or a folder.")
    private String model;

    @Option(
            names = "--contexts",
            required = true,
            paramLabel = "FILE",
            description =
                    "Identity contexts, as either original repository " + "writes them, or .npy, .npz, .safetensors.")
    private Path contexts;

    @Option(names = "--unit", description = "Scale the contexts to unit length (ADMIS' files want it).")
    private boolean unit;

    @Option(names = "--identities", paramLabel = "N", description = "Only the first N contexts (default: all).")
    @Range(min = 1, max = 10_000_000)
    private Optional<Integer> identities;

    @Option(
            names = "--images",
            paramLabel = "M",
            defaultValue = "16",
            description = "Images per identity (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000)
    private int images;

    @Option(
            names = "--sampler",
            paramLabel = "METHOD",
            converter = MethodName.class,
            description =
                    "ddpm, ddim, ddim-faithful (with ADMIS' off-by-one) or dpm++ (default: as the model's configuration has it, "
                            + "else dpm++).")
    private Optional<Method> method;

    @Option(
            names = "--steps",
            paramLabel = "STEPS",
            description = "Steps of the method; ddpm takes the model's own number (default: "
                    + "as the model's configuration has it, else 20).")
    @Range(min = 1, max = 100_000)
    private Optional<Integer> steps;

    @Option(
            names = "--eta",
            paramLabel = "ETA",
            description = "Noise of ddim, 0 to 1 (default: as the model's configuration has it, " + "else 0).")
    @Range(min = 0, max = 1)
    private Optional<Double> eta;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            description =
                    "Classifier-free guidance; 1 is purely conditional (default: as the model's configuration has it, else 1).")
    @Range(min = 0, max = 50)
    private Optional<Double> guidance;

    @Option(
            names = "--precision",
            paramLabel = "fp32|bf16",
            defaultValue = "fp32",
            description = "Arithmetic of the networks (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Seed of all noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private TorchOptions torch;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the blocks, one IDENTITY.png each.")
    private Path out;

    record Result(int identities, int images, double seconds, Path out) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        Map<String, float[]> all = Contexts.read(contexts, unit ? Contexts.Scale.UNIT : Contexts.Scale.AS_STORED);
        output.require(
                identities.isEmpty() || identities.get() <= all.size(),
                "--identities " + identities.orElse(0) + ": " + contexts + " holds " + all.size());
        results.claim(out, folder());
        long begin = System.nanoTime();
        int sampled = sampleAll(all);
        double seconds = (System.nanoTime() - begin) / 1e9;
        int kept = identities.orElse(all.size()) - sampled;
        output.result(
                new Result(sampled, sampled * images, seconds, out),
                String.format(
                        Locale.ROOT,
                        "%d images of %d identities in %s (%.0f s)%s",
                        sampled * images,
                        sampled,
                        out,
                        seconds,
                        kept == 0 ? "" : ", " + kept + " were there already"));
        return 0;
    }

    /** The noise of an identity is that of its place in the contexts file. */
    private int sampleAll(Map<String, float[]> all) throws IOException {
        Sampling recipe = new Sampling(
                "diffusion",
                model,
                precision,
                0,
                method,
                steps,
                eta,
                guidance.map(scale -> new GuidanceChoice(Optional.of(scale), Optional.empty(), Optional.empty())));
        int sampled = 0;
        Map<String, String> names = FileNames.of(all.keySet());
        try (GeneratorModel generator = GeneratorModel.open(folder(), precision)) {
            IdentitySampler sampler = sampler(generator, recipe);
            int count = identities.orElse(all.size());
            try (ProgressDisplay progress = output.progress("sample", (long) count * sampler.steps(images), "steps")) {
                long ordinal = 0;
                for (var identity : all.entrySet().stream().limit(count).toList()) {
                    Path block = out.resolve(names.get(identity.getKey()) + ".png");
                    if (Files.exists(block)) {
                        progress.stepBy(sampler.steps(images));
                    } else {
                        write(
                                block,
                                sampler.sample(
                                        identity.getValue(), seed, ordinal, images, (done, t, x) -> progress.step()));
                        sampled++;
                    }
                    ordinal++;
                }
            }
        }
        return sampled;
    }

    /** The model decides which steps and methods are possible. */
    private IdentitySampler sampler(GeneratorModel generator, Sampling recipe) {
        try {
            return new IdentitySampler(generator, recipe);
        } catch (IllegalArgumentException e) {
            throw output.badUsage(e.getMessage());
        }
    }

    private Path folder() {
        if (Files.isDirectory(Path.of(model))) {
            return Path.of(model);
        }
        Path shipped = Home.current().models().resolve(model);
        if (!Files.isDirectory(shipped)) {
            throw new CommandException("--model " + model + ": neither a folder nor the name of a shipped model in "
                    + shipped.getParent());
        }
        return shipped;
    }

    /** Whole or not at all: a block that exists is not sampled again. */
    private void write(Path block, List<RgbImage> tiles) throws IOException {
        WholeFiles.write(block, Images.png(new TileGrid(tiles.get(0).width(), COLUMNS, tiles.size()).compose(tiles)));
    }

    /** Methods by their names in recipes. */
    static final class MethodName implements ITypeConverter<Method> {

        @Override
        public Method convert(String name) {
            try {
                return Json.MAPPER.convertValue(name, Method.class);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + name + "' is none of ddpm, ddim, ddim-faithful, dpm++");
            }
        }
    }
}
