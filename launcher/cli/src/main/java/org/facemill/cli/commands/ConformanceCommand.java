package org.facemill.cli.commands;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.conformance.Examination;
import org.facemill.cli.conformance.Examination.Kind;
import org.facemill.cli.conformance.Examination.Restart;
import org.facemill.cli.conformance.ExaminationRecipe;
import org.facemill.cli.conformance.Report;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Range;
import org.facemill.contracts.recipe.run.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "conformance",
        description = {
            "Hold a plug-in of the running system to the contract, and say which of its sentences it keeps.",
            "The plug-in is spoken to by its topic, in three runs of the command's own. Afterwards they stay in facemill.runs"
                    + " as cancelled, and the dead letters; all else is deleted. Nothing else of the system is disturbed."
        },
        exitCodeList = {
            "0:all that was looked at holds",
            "1:something does not hold, or nobody reads the topic",
            "2:bad usage"
        })
public final class ConformanceCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private SystemOptions system;

    @Parameters(index = "0", paramLabel = "KIND", description = "What it is: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Its name in recipes; of an evaluator, the last part of the source of its events.")
    private String name;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "Recipe from which images, sampling, alignment and encoder are taken (default: 2 images, 1 to"
                    + " spare, all else as recipes have it by default).")
    private Optional<Path> recipe;

    @Option(
            names = "--restart",
            paramLabel = "COMMAND",
            description =
                    "Shell command that kills the plug-in (kill -9) and starts it again (default: you are asked to"
                            + " do so on a terminal; elsewhere it is left out).")
    private Optional<String> restart;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the answers to a few events may take (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 86_400)
    private int within;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Recipe given = ExaminationRecipe.of(
                kind, name, recipe.isPresent() ? Optional.of(Files.readString(recipe.get())) : Optional.empty());
        Report report = Examination.of(
                system.endpoints(),
                new Examination.Settings(kind, name, given, Duration.ofSeconds(within), killer(), output::say));
        output.result(report, report.text());
        return report.conforms() ? 0 : 1;
    }

    private Optional<Restart> killer() {
        Console console = System.console();
        return restart.<Restart>map(command -> () -> run(command))
                .or(() -> Optional.ofNullable(console)
                        .map(terminal -> () ->
                                terminal.readLine("Kill %s now (kill -9), start it again, then press Enter: ", name)));
    }

    private static void run(String command) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new CommandException("--restart: `" + command + "` ended with " + status);
        }
    }
}
