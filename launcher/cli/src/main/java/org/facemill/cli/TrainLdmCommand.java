package org.facemill.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facemill.cli.ldm.LdmProject;
import org.facemill.cli.ldm.LdmRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "train-ldm", description = {
    "Train a generator: an autoencoder, then the identity-conditioned denoiser on its latents.",
    "A command that was cut off goes on from its last checkpoint. models/demo/recipe.yaml is the recipe of the demo model."})
final class TrainLdmCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RECIPE", description = "Recipe in YAML: data, autoencoder, model, training.")
    private Path recipe;

    @Option(names = "--work", required = true, paramLabel = "DIR", description = "Folder for checkpoints and encoded pictures.")
    private Path work;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The model folder that is written at the end.")
    private Path out;

    @Mixin
    private TorchOptions torch;

    record Result(Path model, long steps, double seconds) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        LdmRecipe parsed = LdmRecipe.read(recipe);
        long start = System.nanoTime();
        try (Stages stages = new Stages()) {
            new LdmProject(parsed, work, stages).run(out);
        }
        output.result(new Result(out, parsed.training().steps(), (System.nanoTime() - start) / 1e9), "The model is in " + out);
        return 0;
    }

    /** One progress bar a stage. */
    private final class Stages implements LdmProject.Reporter, AutoCloseable {
        private final Map<String, Progress> bars = new HashMap<>();

        @Override
        public void progress(String stage, long done, long total, String note) {
            Progress bar = bars.computeIfAbsent(stage, name -> {
                close();
                return output.progress(name, done - 1, total, name.equals("encode") ? "images" : "steps");
            });
            bar.stepTo(done);
            bar.note(note);
        }

        @Override
        public void close() {
            bars.values().forEach(Progress::close);
        }
    }
}
