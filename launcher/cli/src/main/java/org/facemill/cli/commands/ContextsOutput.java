package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.contexts.Separation;
import org.facemill.datasets.files.FileNames;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How contexts are written, and how far apart they are: what all sources share. */
final class ContextsOutput {

    private static final int AT_ONCE = 64;
    /** After so many directions in a row that are too near to others the sphere counts as full. */
    private static final int MOST_TRIES = 2048;

    @Mixin
    private Output output;

    @Option(
            names = "--max-cosine",
            paramLabel = "X",
            description = "Largest cosine that two contexts may have; one that is nearer to an earlier one is left out,"
                    + " and of uniform ones another is drawn.")
    @Range(min = -1, max = 1)
    private Optional<Double> maxCosine;

    @Option(
            names = "--rows",
            description = "Write a .npy as one array [contexts, length], as ADMIS reads it, beside a .txt of the names"
                    + " row by row.")
    private boolean rows;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "A .npy is IDiff-Face's dictionary of vectors by name; a .npz and a .safetensors hold the same.")
    private Path out;

    /**
     * @param identities that were written
     * @param failed     pictures without a context, because they cannot be read or show no face
     * @param leftOut    contexts that are too near to an earlier one
     */
    record Result(String source, int identities, int failed, int leftOut, int dimension, double seconds, Path out) {}

    Path out() {
        return out;
    }

    Output output() {
        return output;
    }

    /** Refuses what cannot be written before any work. */
    void requireForm() {
        String name = out.toString();
        boolean form = name.endsWith(".npy") || !rows && (name.endsWith(".npz") || name.endsWith(".safetensors"));
        output.require(
                form, rows ? "--rows are written as .npy" : "--out " + out + ": name a .npy, .npz or .safetensors");
    }

    /** So many of an endless sequence, far enough apart. */
    Map<String, float[]> draw(int count, LongFunction<float[]> context) {
        Map<String, float[]> contexts = new LinkedHashMap<>();
        Optional<Separation> separation = maxCosine.map(Separation::new);
        int refused = 0;
        try (ProgressDisplay progress = output.progress("contexts", count, "contexts")) {
            for (long next = 0; contexts.size() < count; next += AT_ONCE) {
                List<float[]> some =
                        LongStream.range(next, next + AT_ONCE).mapToObj(context).toList();
                boolean[] far = separation.map(s -> s.take(some)).orElse(null);
                for (int i = 0; i < AT_ONCE && contexts.size() < count; i++) {
                    boolean taken = far == null || far[i];
                    refused = taken ? 0 : refused + 1;
                    if (taken) {
                        contexts.put(Integer.toString(contexts.size()), some.get(i));
                    }
                }
                requireRoom(refused, contexts.size());
                progress.stepTo(contexts.size());
            }
        }
        return contexts;
    }

    private void requireRoom(int refused, int found) {
        if (refused >= MOST_TRIES) {
            throw new CommandException("--max-cosine " + maxCosine.orElseThrow() + ": " + found
                    + " contexts are that far apart, and none of " + refused
                    + " further directions is; take a larger cosine or fewer contexts");
        }
    }

    /** Writes contexts without those that are too near to an earlier one. */
    int writeApart(String source, Map<String, float[]> contexts, int failed, long start) throws IOException {
        contexts.forEach((name, context) -> {
            if (Contexts.isZero(context)) {
                throw new CommandException("the context `" + name + "` is the zero vector, which has no direction");
            }
        });
        Map<String, float[]> kept = maxCosine
                .map(Separation::new)
                .map(separation -> apart(separation, contexts))
                .orElse(contexts);
        return write(source, kept, failed, contexts.size() - kept.size(), start);
    }

    private static Map<String, float[]> apart(Separation separation, Map<String, float[]> contexts) {
        List<String> names = List.copyOf(contexts.keySet());
        Map<String, float[]> kept = new LinkedHashMap<>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            boolean[] far = separation.take(some.stream().map(contexts::get).toList());
            for (int i = 0; i < far.length; i++) {
                if (far[i]) {
                    kept.put(some.get(i), contexts.get(some.get(i)));
                }
            }
        }
        return kept;
    }

    /** Writes contexts and says what came of it. */
    int write(String source, Map<String, float[]> contexts, int failed, int leftOut, long start) throws IOException {
        save(contexts);
        int dimension = contexts.values().iterator().next().length;
        output.result(
                new Result(source, contexts.size(), failed, leftOut, dimension, (System.nanoTime() - start) / 1e9, out),
                contexts.size() + " contexts of " + dimension + " numbers in " + out
                        + (leftOut == 0 ? "" : "; " + leftOut + " too near to others are left out")
                        + (failed == 0 ? "" : "; " + failed + " pictures give none, as said above"));
        return failed == 0 ? 0 : 1;
    }

    private void save(Map<String, float[]> contexts) throws IOException {
        if (rows) {
            String names = FileNames.stem(out.getFileName().toString()) + ".txt";
            WholeFiles.write(out.resolveSibling(names), String.join("\n", contexts.keySet()) + "\n");
            Contexts.writeRows(out, contexts.values());
        } else {
            Contexts.write(out, contexts);
        }
    }
}
