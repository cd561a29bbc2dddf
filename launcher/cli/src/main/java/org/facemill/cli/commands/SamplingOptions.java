package org.facemill.cli.commands;

import java.util.Optional;
import org.facemill.cli.output.Range;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.run.GuidanceChoice;
import org.facemill.contracts.recipe.run.Sampling;
import picocli.CommandLine.Option;

/** How a generator is sampled: what is left out is as the model's configuration has it. */
final class SamplingOptions {

    @Option(
            names = "--sampler",
            paramLabel = "METHOD",
            converter = RegisteredName.Method.class,
            completionCandidates = RegisteredName.Method.class,
            description = "Sampling method: ${COMPLETION-CANDIDATES} (default: as the model's configuration has it, "
                    + "else dpm++).")
    private Optional<String> method;

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
            description = "Noise of ddim, 0 to 1 (default: as the model's configuration has it, else 0).")
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
            names = "--guidance-from",
            paramLabel = "T",
            description = "Lowest time step of the training's schedule that is guided (default: as the model's "
                    + "configuration has it, else 0).")
    @Range(min = 0, max = 100_000)
    private Optional<Integer> guidanceFrom;

    @Option(
            names = "--guidance-to",
            paramLabel = "T",
            description = "Time step from which on none is guided (default: as the model's configuration has it, "
                    + "else all are).")
    @Range(min = 1, max = 100_000)
    private Optional<Integer> guidanceTo;

    @Option(
            names = "--precision",
            paramLabel = "fp32|bf16",
            defaultValue = "fp32",
            description = "Arithmetic of the networks (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    Precision precision() {
        return precision;
    }

    /** As a recipe would say it. */
    Sampling of(String model) {
        boolean guided = guidance.isPresent() || guidanceFrom.isPresent() || guidanceTo.isPresent();
        return new Sampling(
                "diffusion",
                model,
                precision,
                0,
                method,
                steps,
                eta,
                guided ? Optional.of(new GuidanceChoice(guidance, guidanceFrom, guidanceTo)) : Optional.empty());
    }
}
