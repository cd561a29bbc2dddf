package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.skeleton.Language;
import org.facemill.cli.skeleton.Skeleton;
import org.facemill.contracts.recipe.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description = {
            "Write a plug-in to start from: one that works, and keeps the contract.",
            "The text says how to start it; `facemill conformance` holds it to the contract."
        })
public final class PlugInInitCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(paramLabel = "DIR", description = "Folder for its files, new or empty.")
    private Path folder;

    @Option(
            names = "--lang",
            required = true,
            paramLabel = "LANGUAGE",
            description = "Language: ${COMPLETION-CANDIDATES}.")
    private Language language;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "sampler",
            description = "What it makes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Skeleton.Kind kind;

    @Option(names = "--name", paramLabel = "NAME", description = "Its name in recipes (default: the folder's).")
    private Optional<String> name;

    record Result(Path folder, String kind, String name, List<String> files, String start) {}

    @Override
    public Integer call() throws IOException {
        String called = name.orElseGet(
                () -> folder.toAbsolutePath().normalize().getFileName().toString());
        output.require(
                called.matches(Names.PATTERN),
                "the name " + called + " does not match " + Names.PATTERN + "; give another by --name");
        Skeleton skeleton = new Skeleton(language, kind, called);
        List<String> files = skeleton.write(folder);
        output.result(
                new Result(folder, kind.toString(), called, files, skeleton.start()),
                String.join(
                        "\n",
                        "The " + kind + " " + called + " is in " + folder + ". With a system that runs:",
                        "  eval \"$(./facemill env)\"",
                        "  cd " + folder + " && " + skeleton.start(),
                        "  ./facemill conformance " + kind + " " + called));
        return 0;
    }
}
