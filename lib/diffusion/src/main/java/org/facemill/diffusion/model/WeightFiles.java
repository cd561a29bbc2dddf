package org.facemill.diffusion.model;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;

/**
 * The checkpoints of a folder, told apart by what they hold. Those that cannot be read, such as pointers of Git LFS, are
 * named and block no other.
 */
final class WeightFiles implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WeightFiles.class.getName());
    private static final String CHECKPOINT = ".*\\.(safetensors|ckpt|pt|pth)";

    private final Path place;
    private final List<TensorFile> open = new ArrayList<>();
    private final List<Weights> readable = new ArrayList<>();
    private final Map<Path, String> unreadable = new LinkedHashMap<>();
    private final Map<String, Weights> chosen = new HashMap<>();

    /**
     * One checkpoint.
     *
     * @param tensors by their networks' own names
     * @param summary what it holds, for messages
     */
    record Weights(Path path, Map<String, Tensor> tensors, String summary) {

        Map<String, long[]> shapes() {
            Map<String, long[]> shapes = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
            return shapes;
        }
    }

    private WeightFiles(Path place) {
        this.place = place;
    }

    /** All checkpoints that lie in folders below {@code place}; a folder need not be there. */
    static WeightFiles in(Path place, List<String> folders) throws IOException {
        WeightFiles files = new WeightFiles(place);
        try {
            for (String folder : folders) {
                files.openAll(place.resolve(folder));
            }
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
        files.unreadable.forEach((file, reason) ->
                LOG.log(Level.WARNING, "{0} is passed over, because it cannot be read: {1}", file, reason));
        return files;
    }

    /** A single checkpoint. */
    static WeightFiles of(Path file) throws IOException {
        WeightFiles files = new WeightFiles(file);
        try {
            files.add(TensorFile.open(file));
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private void openAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.filter(Files::isRegularFile)
                    .filter(entry -> entry.getFileName().toString().matches(CHECKPOINT))
                    .sorted()
                    .toList()) {
                try {
                    add(TensorFile.open(file));
                } catch (IOException e) {
                    unreadable.put(file, reason(file, e));
                }
            }
        }
    }

    private void add(TensorFile file) throws IOException {
        open.add(file);
        readable.add(new Weights(file.path(), StateDict.of(file), StateDict.summary(file)));
    }

    private static String reason(Path file, IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith(file + ": ")
                ? message.substring(file.toString().length() + 2)
                : e.toString();
    }

    Path place() {
        return place;
    }

    /** Those with a tensor of this name. */
    List<Weights> holding(String tensor) {
        return readable.stream()
                .filter(weights -> weights.tensors().containsKey(tensor))
                .toList();
    }

    /**
     * The one with a tensor of this name.
     *
     * @param what      it is, for messages
     * @param preferred names of files, the first of which is taken where there are several
     * @param remedy    what to do where they do not tell, for messages
     */
    Optional<Weights> only(String tensor, String what, List<String> preferred, String remedy) throws IOException {
        List<Weights> candidates = holding(tensor);
        if (candidates.size() > 1 && !chosen.containsKey(tensor)) {
            Weights best = choose(candidates, preferred)
                    .orElseThrow(() -> new IOException(place + ": holds several " + what + "s, " + names(candidates)
                            + ", and nothing tells which is meant; " + remedy));
            List<Weights> others =
                    candidates.stream().filter(other -> other != best).toList();
            LOG.log(
                    Level.INFO,
                    "{0}: the {1} is {2}; passed over: {3}",
                    place,
                    what,
                    names(List.of(best)),
                    names(others));
            chosen.put(tensor, best);
        }
        return candidates.size() > 1
                ? Optional.of(chosen.get(tensor))
                : candidates.stream().findFirst();
    }

    /** By the first pattern that any name matches; it must match one alone. */
    private static Optional<Weights> choose(List<Weights> candidates, List<String> preferred) {
        return preferred.stream()
                .map(pattern -> candidates.stream()
                        .filter(weights ->
                                weights.path().getFileName().toString().matches(pattern))
                        .toList())
                .filter(matching -> !matching.isEmpty())
                .findFirst()
                .filter(matching -> matching.size() == 1)
                .map(matching -> matching.get(0));
    }

    private String names(List<Weights> files) {
        return files.stream()
                .map(weights -> place.relativize(weights.path()).toString())
                .collect(Collectors.joining(", "));
    }

    /** What there is, for messages. */
    String found() {
        List<String> all = new ArrayList<>();
        readable.forEach(weights -> all.add(relative(weights.path()) + " (" + weights.summary() + ")"));
        unreadable.forEach((file, reason) -> all.add(relative(file) + " (" + reason + ")"));
        return all.isEmpty() ? "no .safetensors, .ckpt, .pt or .pth file" : String.join("; ", all);
    }

    private String relative(Path file) {
        return file.equals(place) ? "it" : place.relativize(file).toString();
    }

    @Override
    public void close() throws IOException {
        for (TensorFile file : open) {
            file.close();
        }
    }
}
