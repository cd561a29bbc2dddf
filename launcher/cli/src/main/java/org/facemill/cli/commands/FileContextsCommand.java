package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.tensor.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "file",
        description = {
            "Contexts of a file, all or some of them, as another file.",
            "Every form that either original repository writes is read; rows without names are called 0, 1, ..."
        })
final class FileContextsCommand implements Callable<Integer> {

    @Mixin
    private ContextsOutput contexts;

    @Mixin
    private Results results;

    @Parameters(paramLabel = "FILE", description = "Contexts as .npy, .npz, .safetensors or torch.save wrote them.")
    private Path file;

    @Option(
            names = "--skip",
            paramLabel = "K",
            defaultValue = "0",
            description = "Leave out the first K (default: ${DEFAULT-VALUE}).")
    @Range(min = 0, max = 10_000_000)
    private int skip;

    @Option(names = "--identities", paramLabel = "N", description = "So many of them (default: all).")
    @Range(min = 1, max = 10_000_000)
    private Optional<Integer> identities;

    @Option(
            names = "--names",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, in this order, separated by commas.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        contexts.requireForm();
        results.claimFile(contexts.out());
        Map<String, float[]> all = Contexts.read(file);
        Map<String, float[]> wanted = names.isEmpty() ? all : named(file, all, names);
        int count = identities.orElse(Math.max(1, wanted.size() - skip));
        contexts.output()
                .require(
                        skip + count <= wanted.size(),
                        (identities.isPresent() ? "--identities " + count : "--skip " + skip) + ": " + file + " holds "
                                + all.size());
        Map<String, float[]> chosen = new LinkedHashMap<>();
        wanted.entrySet().stream()
                .skip(skip)
                .limit(count)
                .forEach(context -> chosen.put(context.getKey(), context.getValue()));
        return contexts.writeApart("file", chosen, 0, start);
    }

    /** Contexts of a file by name. */
    static Map<String, float[]> named(Path file, Map<String, float[]> all, List<String> names) {
        Map<String, float[]> named = new LinkedHashMap<>();
        for (String name : names) {
            if (!all.containsKey(name)) {
                throw new CommandException(file + ": no context `" + name + "`; it holds " + all.size()
                        + ", the first are " + all.keySet().stream().limit(3).toList());
            }
            named.put(name, all.get(name));
        }
        return named;
    }
}
