package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.diffusion.sampler.SphericalInterpolation;
import org.facemill.tensor.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "interpolated",
        description = {
            "Unit vectors at even steps of the great circle from one context to another (slerp), both ends included.",
            "`sample` makes a strip of them: one identity turns into the other."
        })
final class InterpolatedContextsCommand implements Callable<Integer> {

    @Mixin
    private ContextsOutput contexts;

    @Mixin
    private Results results;

    @Parameters(paramLabel = "FILE", description = "Contexts, as `sample` takes them.")
    private Path file;

    @Option(names = "--from", required = true, paramLabel = "NAME", description = "Context that it begins with.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "NAME", description = "Context that it ends with.")
    private String to;

    @Option(
            names = "--steps",
            paramLabel = "K",
            defaultValue = "10",
            description = "How many, with both ends (default: ${DEFAULT-VALUE}); called FROM-TO-0, FROM-TO-1, ...")
    @Range(min = 2, max = 100_000)
    private int steps;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        contexts.requireForm();
        results.claimFile(contexts.out());
        Map<String, float[]> ends = FileContextsCommand.named(file, Contexts.read(file), List.of(from, to));
        Map<String, float[]> strip = new LinkedHashMap<>();
        try {
            for (int i = 0; i < steps; i++) {
                strip.put(
                        from + "-" + to + "-" + i,
                        SphericalInterpolation.between(ends.get(from), ends.get(to), i / (steps - 1.0)));
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(file + ": `" + from + "` to `" + to + "`: " + e.getMessage(), e);
        }
        return contexts.writeApart("interpolated", strip, 0, start);
    }
}
