package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.datasets.files.FileNames;
import org.facemill.diffusion.identity.IdentitySampler;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.ModelLocation;
import org.facemill.diffusion.model.NotFiniteException;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--contexts",
            paramLabel = "FILE",
            description = "Identity contexts, as either original repository writes them, or .npy, .npz, .safetensors;"
                    + " none for an unconditional model.")
    private Optional<Path> contexts;

    @Option(
            names = "--identities",
            paramLabel = "N",
            description = "Only the first N contexts (default: all); of an unconditional model N blocks (default: 1).")
    @Range(min = 1, max = 10_000_000)
    private Optional<Integer> identities;

    @Option(
            names = "--images",
            paramLabel = "M",
            defaultValue = "16",
            description = "Images per identity (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000)
    private int images;

    @Mixin
    private SamplingOptions sampling;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Seed of all noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--keep-steps",
            paramLabel = "K",
            split = ",",
            description =
                    "Also write what the images are after so many steps: steps/IDENTITY/K.png; 0 is the noise, the last "
                            + "step's are the images. Several: 0,5,10")
    @Range(min = 0, max = 100_000)
    private List<Integer> keepSteps = List.of();

    @Mixin
    private TorchOptions torch;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the blocks, one IDENTITY.png each.")
    private Path out;

    /**
     * What came of it.
     *
     * @param identities that were sampled now
     * @param failed     identities without a block, because their numbers were not finite
     */
    record Result(int identities, int images, int failed, double seconds, Path out) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        Map<String, float[]> all = contexts.isPresent() ? read(contexts.get()) : nobody();
        ModelLocation location = model.location();
        results.requireApart(out, location.folder());
        long begin = System.nanoTime();
        try (GeneratorModel generator = GeneratorModel.open(location, sampling.precision())) {
            IdentitySampler sampler = sampler(generator);
            int steps = sampler.sampling().steps();
            output.require(
                    keepSteps.stream().allMatch(step -> step <= steps),
                    "--keep-steps " + keepSteps + ": there are " + steps + " steps");
            requireUsable(generator, all);
            results.claim(out, location.folder());
            return report(sampleAll(sampler, all), begin);
        }
    }

    private Map<String, float[]> read(Path file) throws IOException {
        Map<String, float[]> all = Contexts.read(file);
        output.require(
                identities.isEmpty() || identities.get() <= all.size(),
                "--identities " + identities.orElse(0) + ": " + file + " holds " + all.size());
        return all;
    }

    /** What an unconditional model is given: numbered blocks, whose images show nobody in particular. */
    private Map<String, float[]> nobody() {
        Map<String, float[]> blocks = new LinkedHashMap<>();
        for (int i = 0; i < identities.orElse(1); i++) {
            blocks.put(Integer.toString(i), new float[0]);
        }
        return blocks;
    }

    /** Every context is looked at before the first is sampled. */
    private void requireUsable(GeneratorModel generator, Map<String, float[]> all) {
        boolean conditional = generator.config().unet().isContextConditional();
        output.require(
                conditional || contexts.isEmpty(),
                "--contexts: the model " + model.name() + " is unconditional and takes none; leave the option out");
        output.require(
                !conditional || contexts.isPresent(),
                "--contexts FILE is missing: the model " + model.name()
                        + " takes identity contexts; `facemill contexts`" + " makes some");
        if (conditional) {
            all.forEach((name, context) -> {
                try {
                    generator.conditional(context);
                } catch (IllegalArgumentException e) {
                    throw new CommandException(contexts.orElseThrow() + ": `" + name + "`: " + e.getMessage(), e);
                }
            });
        }
    }

    private int report(List<Outcome> outcomes, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        int sampled = Collections.frequency(outcomes, Outcome.SAMPLED);
        int kept = Collections.frequency(outcomes, Outcome.KEPT);
        int failed = Collections.frequency(outcomes, Outcome.FAILED);
        output.result(
                new Result(sampled, sampled * images, failed, seconds, out),
                String.format(
                        Locale.ROOT,
                        "%d images of %d identities in %s (%.0f s)%s%s",
                        sampled * images,
                        sampled,
                        out,
                        seconds,
                        kept == 0 ? "" : ", " + kept + " were there already",
                        failed == 0 ? "" : ", " + failed + " failed"));
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private enum Outcome {
        SAMPLED,
        KEPT,
        FAILED
    }

    /** The noise of an identity is that of its place in the contexts file. */
    private List<Outcome> sampleAll(IdentitySampler sampler, Map<String, float[]> all) throws IOException {
        Map<String, String> names = FileNames.of(all.keySet());
        int count = identities.orElse(all.size());
        List<Outcome> outcomes = new ArrayList<>();
        try (ProgressDisplay progress = output.progress("sample", (long) count * sampler.steps(images), "steps")) {
            for (var identity : all.entrySet().stream().limit(count).toList()) {
                String name = names.get(identity.getKey());
                Path block = out.resolve(name + ".png");
                int ordinal = outcomes.size();
                outcomes.add(Files.exists(block) ? Outcome.KEPT : sample(sampler, identity, ordinal, name, progress));
                progress.stepTo((long) outcomes.size() * sampler.steps(images));
            }
        }
        return outcomes;
    }

    private Outcome sample(
            IdentitySampler sampler,
            Map.Entry<String, float[]> identity,
            long ordinal,
            String name,
            ProgressDisplay progress)
            throws IOException {
        try {
            IdentitySampler.StepImages sampled = sampler.sample(
                    identity.getValue(), seed, ordinal, images, Set.copyOf(keepSteps), (done, t, x) -> progress.step());
            Path steps = out.resolve("steps").resolve(name);
            for (var step : sampled.steps().entrySet()) {
                Files.createDirectories(steps);
                write(steps.resolve(step.getKey() + ".png"), step.getValue());
            }
            // last: a block that exists is not sampled again
            write(out.resolve(name + ".png"), sampled.images());
            return Outcome.SAMPLED;
        } catch (NotFiniteException e) {
            output.say(identity.getKey() + ": " + e.getMessage());
            return Outcome.FAILED;
        }
    }

    private static void write(Path block, List<RgbImage> tiles) throws IOException {
        WholeFiles.write(block, Images.png(new TileGrid(tiles.get(0).width(), COLUMNS, tiles.size()).compose(tiles)));
    }

    /** The model decides which steps and methods are possible. */
    private IdentitySampler sampler(GeneratorModel generator) {
        try {
            return new IdentitySampler(
                    generator, sampling.of(model.name()).over(generator.config().sampling()));
        } catch (IllegalArgumentException e) {
            throw output.badUsage(e.getMessage());
        }
    }
}
