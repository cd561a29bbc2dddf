package org.facemill.cli.commands;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contexts.UniformSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "uniform",
        description = {
            "Directions uniform on the sphere, called 0, 1, ..., as IDiff-Face makes them.",
            "They are those of a run with `contexts: {source: uniform}` and the same seed, unless --max-cosine chooses among them."
        })
final class UniformContextsCommand implements Callable<Integer> {

    @Mixin
    private ContextsOutput contexts;

    @Mixin
    private Results results;

    @Option(
            names = "--identities",
            paramLabel = "N",
            defaultValue = "15000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000_000)
    private int identities;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Another seed, other people (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        contexts.requireForm();
        results.claimFile(contexts.out());
        UniformSource source = new UniformSource();
        return contexts.write(
                source.name(), contexts.draw(identities, ordinal -> source.context(seed, ordinal)), 0, 0, start);
    }
}
