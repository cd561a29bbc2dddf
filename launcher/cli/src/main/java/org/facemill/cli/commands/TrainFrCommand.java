package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipe;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipes;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.VerificationSet;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Verification;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.recognition.head.MarginHeads;
import org.facemill.recognition.training.FrTrainer;
import org.facemill.recognition.training.LabelRange;
import org.facemill.recognition.training.RateSchedules;
import org.facemill.recognition.training.TrainingData;
import org.facemill.recognition.training.TrainingStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "train-fr",
        description = {
            "Train a face recogniser on aligned faces of 112x112.",
            "Cut off, it goes on from its last checkpoint when started again with the same --out."
        })
public final class TrainFrCommand implements Callable<Integer> {

    private static final long CHECKPOINT_EVERY_NANOS = 60_000_000_000L;

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Parameters(
            paramLabel = "RECIPE",
            description = "Recipe of the training, a YAML or JSON file; recipes/fr-*.yaml are examples.")
    private Path recipe;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Dataset in place of the recipe's: identity folders, or packed in any format of export.")
    private Optional<Path> data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Model folder; its checkpoint lies in it too.")
    private Path out;

    @Spec
    void choices(CommandSpec spec) {
        spec.usageMessage()
                .footer(
                        "",
                        "Backbones: " + String.join(", ", Backbones.REGISTRY.names()),
                        "Margin heads: " + String.join(", ", MarginHeads.REGISTRY.names()),
                        "Schedules: " + String.join(", ", RateSchedules.REGISTRY.names()));
    }

    /**
     * @param accuracy mean verification accuracy of the benchmarks, or of the identities held out; 0 where there are none
     * @param waiting  share of the time that the network waited for images
     */
    record Result(
            Path out,
            String backbone,
            int identities,
            int images,
            long steps,
            double loss,
            double accuracy,
            double imagesPerSecond,
            double waiting,
            double seconds) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        long start = System.nanoTime();
        RecogniserRecipe read = read();
        RecogniserRecipe plan = data.map(dataset -> read.on(dataset.toString())).orElse(read);
        Path[] inputs = Stream.concat(plan.data().stream().map(RecogniserRecipe.Data::path), plan.benchmarks().stream())
                .map(Path::of)
                .filter(Files::exists)
                .toArray(Path[]::new);
        results.claim(out, Map.of("recipe", plan.toString()), inputs);
        Path checkpoint = out.resolve("checkpoint");
        try (ImageDataset all = TrainingData.open(plan.data())) {
            all.remarks().forEach(output::say);
            ImageDataset images = new LabelRange(all, 0, all.classes() - plan.holdout());
            try (FrTrainer trainer = new FrTrainer(plan.training(), images, benchmark(plan, all), checkpoint)) {
                Optional<TrainingStep> last = train(trainer, checkpoint);
                trainer.export(out);
                report(plan, images, trainer, last, (System.nanoTime() - start) / 1e9);
            }
        }
        return 0;
    }

    private RecogniserRecipe read() throws IOException {
        try {
            return RecogniserRecipes.read(Files.readString(recipe));
        } catch (RecipeException e) {
            throw new CommandException(recipe + ": the recipe is refused\n" + e.getMessage());
        }
    }

    private Optional<TrainingStep> train(FrTrainer trainer, Path checkpoint) throws IOException {
        Optional<TrainingStep> last = Optional.empty();
        long saved = System.nanoTime();
        try (ProgressDisplay progress = output.progress("train", trainer.stepsTaken(), trainer.steps(), "steps")) {
            while (!trainer.finished()) {
                TrainingStep step = trainer.step();
                last = Optional.of(step);
                progress.stepTo(step.step());
                progress.note(note(step));
                if (step.epochEnded()) {
                    output.say(String.format(
                            Locale.ROOT,
                            "epoch %d: loss %.3f, learning rate %.1e, accuracy %.4f",
                            step.epoch(),
                            step.loss(),
                            step.learningRate(),
                            trainer.accuracies().get(step.epoch() - 1)));
                }
                if (step.epochEnded() || System.nanoTime() - saved > CHECKPOINT_EVERY_NANOS) {
                    trainer.checkpoint(checkpoint);
                    saved = System.nanoTime();
                }
            }
        }
        return last;
    }

    private static String note(TrainingStep step) {
        return String.format(
                Locale.ROOT,
                "loss %.3f, %.1f images/s, %.1f %% of the time waiting for images",
                step.loss(),
                step.imagesPerSecond(),
                100 * step.waiting());
    }

    private ToDoubleFunction<Encoder> benchmark(RecogniserRecipe plan, ImageDataset all) throws IOException {
        if (!plan.benchmarks().isEmpty()) {
            Map<String, VerificationSet> sets = new LinkedHashMap<>();
            for (String file : plan.benchmarks()) {
                VerificationSet set = VerificationSet.read(file, ByteBuffer.wrap(Files.readAllBytes(Path.of(file))));
                Verification.require(file, set.same());
                sets.put(file, set);
            }
            return encoder -> sets.values().stream()
                    .mapToDouble(set -> Verification.of(encoder, set).accuracy())
                    .average()
                    .orElseThrow();
        }
        if (plan.holdout() < 2) {
            return encoder -> 0;
        }
        ImageDataset heldOut = new LabelRange(all, all.classes() - plan.holdout(), all.classes());
        return encoder -> Verification.ofUnseen(encoder, heldOut).accuracy();
    }

    private void report(
            RecogniserRecipe plan,
            ImageDataset images,
            FrTrainer trainer,
            Optional<TrainingStep> last,
            double seconds) {
        List<Double> accuracies = trainer.accuracies();
        double accuracy = accuracies.get(accuracies.size() - 1);
        output.result(
                new Result(
                        out,
                        plan.training().backbone(),
                        images.classes(),
                        images.size(),
                        last.map(TrainingStep::step).orElse(0L),
                        last.map(TrainingStep::loss).orElse(0f),
                        accuracy,
                        last.map(TrainingStep::imagesPerSecond).orElse(0.0),
                        last.map(TrainingStep::waiting).orElse(0.0),
                        seconds),
                String.format(
                        Locale.ROOT,
                        "%s trained on %d images of %d identities in %s; accuracy %.4f",
                        plan.training().backbone(),
                        images.size(),
                        images.classes(),
                        out,
                        accuracy));
    }
}
