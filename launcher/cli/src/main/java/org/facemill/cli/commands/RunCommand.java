package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Results;
import org.facemill.cli.runs.BucketTransfer;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunFollower;
import org.facemill.cli.runs.RunResult;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.event.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Submit a recipe to the running system, and follow the run to its end.")
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private SystemOptions system;

    @Parameters(paramLabel = "RECIPE", description = "Recipe, a YAML or JSON file.")
    private Path recipe;

    @Option(names = "--detach", description = "Do not wait for the end; `facemill status RUN` shows how it goes on.")
    private boolean detach;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder that dataset, evaluation and recogniser are copied into (default: they stay in the store).")
    private Optional<Path> out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunClient client = system.runs();
        String text = recipe();
        Optional<Endpoints> endpoints = Optional.empty();
        if (out.isPresent()) {
            results.requireUnused(out.get());
            endpoints = Optional.of(system.endpoints());
        }
        RunStatus run = client.submit(text);
        output.say("Run " + run.run() + " accepted.");
        if (detach) {
            output.result(run, run.run());
            return 0;
        }
        RunStatus end = new RunFollower(client, output).follow(run.run());
        boolean completed = end.state() == RunState.COMPLETED;
        if (completed && out.isPresent()) {
            results.claim(out.get(), Map.of("run", run.run()));
            RunResult result = RunResult.copy(end, BucketTransfer.at(endpoints.orElseThrow()), out.get());
            output.result(result, result.text());
        } else {
            output.result(end, end.text());
        }
        return completed ? 0 : 1;
    }

    private String recipe() throws IOException {
        if (Files.isDirectory(recipe)) {
            throw new CommandException(recipe + ": is a folder; give the recipe's file");
        }
        try {
            return Files.readString(recipe);
        } catch (CharacterCodingException e) {
            throw new CommandException(recipe + ": is no text in UTF-8; give a YAML or JSON file", e);
        }
    }
}
