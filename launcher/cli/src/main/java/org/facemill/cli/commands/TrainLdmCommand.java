package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.ldm.LdmTraining;
import org.facemill.ldm.TrainingObserver;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train-ldm",
        description = {
            "Train a generator: an autoencoder, then the identity-conditioned denoiser on its latents; or the denoiser on pixels.",
            "A command that was cut off goes on from its last checkpoint. models/demo/recipe.yaml is the recipe of the demo model."
        },
        exitCodeList = {
            "0:done",
            "1:failed, or a picture cannot be decoded; it is named, and the model made of the others",
            "2:bad usage"
        })
public final class TrainLdmCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RECIPE", description = "Recipe in YAML: data, autoencoder, model, training.")
    private Path recipe;

    @Option(
            names = "--work",
            required = true,
            paramLabel = "DIR",
            description = "Folder for checkpoints, encoded pictures and sample grids.")
    private Path work;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The model folder that is written at the end.")
    private Path out;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    /** @param failed pictures that cannot be decoded and were left out */
    record Result(Path model, long steps, double loss, Optional<Path> samples, int failed, double seconds) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        LdmRecipe parsed = read();
        claim(parsed, work);
        claim(parsed, out);
        long start = System.nanoTime();
        Path model =
                work.resolve("model").resolve(out.toAbsolutePath().normalize().getFileName());
        try (Stages stages = new Stages()) {
            LdmTraining.Result result = LdmTraining.run(parsed, Path.of(""), work, model, stages)
                    .orElseThrow(() -> new IllegalStateException("nobody said stop"));
            copy(model);
            int failed = result.unreadable().size();
            output.result(
                    new Result(
                            out,
                            result.steps(),
                            result.loss(),
                            stages.samples,
                            failed,
                            (System.nanoTime() - start) / 1e9),
                    "The model is in " + out
                            + (failed == 0 ? "" : "; " + failed + " pictures that cannot be decoded were left out"));
            return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private LdmRecipe read() throws IOException {
        try {
            return LdmRecipes.read(Files.readString(recipe));
        } catch (RecipeException e) {
            throw new CommandException(recipe + ": " + e.getMessage() + "\nmodels/demo/recipe.yaml shows the keys", e);
        }
    }

    /** The same data and model go on in their folders, even for more steps or at another rate. */
    private void claim(LdmRecipe recipe, Path folder) throws IOException {
        Map<String, String> parameters = Map.of(
                "data", recipe.data().toString(),
                "model", recipe.model().toString(),
                "image_size", String.valueOf(recipe.imageSize()),
                "seed", String.valueOf(recipe.seed()));
        Path[] inputs = Stream.concat(
                        recipe.data().folder().stream()
                                .flatMap(data -> Stream.concat(
                                        Stream.of(data.images()),
                                        Stream.concat(data.contexts().stream(), data.encoder().stream()))),
                        recipe.firstStage().stream())
                .map(Path::of)
                .filter(Files::exists)
                .toArray(Path[]::new);
        results.claim(folder, parameters, inputs);
    }

    private void copy(Path model) throws IOException {
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = out.resolve(model.relativize(file));
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** One progress bar a stage. */
    private final class Stages implements TrainingObserver, AutoCloseable {
        private final Map<String, ProgressDisplay> bars = new HashMap<>();
        private Optional<Path> samples = Optional.empty();

        @Override
        public boolean progress(String stage, long done, long total, Map<String, Double> metrics) {
            ProgressDisplay bar = bars.computeIfAbsent(stage, name -> {
                close();
                return output.progress(
                        name,
                        done - 1,
                        total,
                        Set.of("check", "encode", "embed").contains(name) ? "images" : "steps");
            });
            bar.stepTo(done);
            bar.note(metrics.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(metric -> "%s %.3g".formatted(metric.getKey(), metric.getValue()))
                    .collect(Collectors.joining(", ")));
            return true;
        }

        @Override
        public void saved(long steps) {
            // the next start goes on from here; the bar says enough
        }

        @Override
        public void sampled(long step, RgbImage grid) throws IOException {
            Path file = Files.createDirectories(work.resolve("samples")).resolve("sample_%06d.png".formatted(step));
            Images.writePng(file, grid);
            samples = Optional.of(file);
            output.say("samples after " + step + " steps: " + file);
        }

        @Override
        public void close() {
            bars.values().forEach(ProgressDisplay::close);
        }
    }
}
