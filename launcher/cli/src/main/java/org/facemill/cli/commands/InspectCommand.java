package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.facemill.cli.output.Output;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = {
            "Show what a checkpoint or contexts file holds: names, types, shapes and L2 norms of its tensors.",
            "Reads PyTorch files (.pt, .ckpt, .pth, zip or legacy), .safetensors, .npy and .npz, whatever their name says. "
                    + "Nothing in the file is run, and only a small part is in memory at a time."
        })
public final class InspectCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(paramLabel = "FILE", description = "Checkpoint, array or contexts file.")
    private Path file;

    record Entry(String name, String dtype, long[] shape, double norm) {}

    /** The file taken for identity contexts: vectors of one length, and their smallest and largest L2 norm. */
    record Identities(long identities, long length, double smallestNorm, double largestNorm) {}

    record Result(
            Path file,
            String format,
            long elements,
            long bytes,
            List<Entry> tensors,
            Map<String, Object> values,
            List<Identities> contexts) {}

    @Override
    public Integer call() throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            List<Entry> entries = new ArrayList<>();
            output.print(String.format(Locale.ROOT, "%-6s %-20s %12s  %s", "dtype", "shape", "norm", "name"));
            for (var e : tensors.tensors().entrySet()) {
                Tensor tensor = e.getValue();
                Entry entry = new Entry(e.getKey(), tensor.dtype().name(), tensor.shape(), tensor.norm());
                output.print(String.format(
                        Locale.ROOT,
                        "%-6s %-20s %12.6g  %s",
                        entry.dtype,
                        Arrays.toString(entry.shape),
                        entry.norm,
                        entry.name));
                entries.add(entry);
            }
            Map<String, Object> values = new LinkedHashMap<>();
            tensors.values().forEach((name, value) -> values.put(name, plain(value)));
            values.forEach((name, value) -> output.print(name + " = " + value));
            long elements = tensors.tensors().values().stream()
                    .mapToLong(Tensor::elements)
                    .sum();
            long bytes = tensors.tensors().values().stream()
                    .mapToLong(Tensor::byteSize)
                    .sum();
            List<Identities> contexts = contexts(tensors.tensors().values());
            output.result(
                    new Result(file, tensors.format().name(), elements, bytes, entries, values, contexts),
                    String.format(
                                    Locale.ROOT,
                                    "%s, %d tensors, %,d elements, %,d bytes",
                                    tensors.format(),
                                    entries.size(),
                                    elements,
                                    bytes)
                            + contexts.stream().map(InspectCommand::text).collect(Collectors.joining()));
        }
        return 0;
    }

    /** One or none: contexts are vectors of one length, each by its name or the rows of one matrix. */
    private static List<Identities> contexts(Collection<Tensor> tensors) {
        List<Tensor> vectors = new ArrayList<>(tensors);
        if (vectors.size() == 1 && vectors.get(0).shape().length == 2) {
            Tensor matrix = vectors.get(0);
            vectors = LongStream.range(0, matrix.shape()[0])
                    .mapToObj(matrix::part)
                    .toList();
        }
        if (vectors.isEmpty()
                || vectors.stream()
                        .anyMatch(v -> v.shape().length != 1 || !v.dtype().isFloating())
                || vectors.stream().mapToLong(Tensor::elements).distinct().count() > 1) {
            return List.of();
        }
        DoubleSummaryStatistics norms =
                vectors.stream().mapToDouble(Tensor::norm).summaryStatistics();
        return List.of(new Identities(vectors.size(), vectors.get(0).elements(), norms.getMin(), norms.getMax()));
    }

    private static String text(Identities c) {
        return String.format(
                Locale.ROOT,
                "%nAs identity contexts: %d of length %d, L2 norms %.4f to %.4f",
                c.identities,
                c.length,
                c.smallestNorm,
                c.largestNorm);
    }

    /** As JSON can say it, and not too long. */
    private static Object plain(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        String text = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        return text.length() > 120 ? text.substring(0, 120) + "..." : text;
    }
}
