package org.facemill.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;

/** Named tensors in a fixed order: what networks run with, optimizers change and checkpoints hold. Owns their memory. */
public final class Parameters implements AutoCloseable {
    private final String source;
    private final Scope scope = Scope.open();
    private final Map<String, DeviceTensor> tensors = new LinkedHashMap<>();

    /**
     * An empty set.
     *
     * @param source where the values come from, for messages: a file or model name
     */
    public Parameters(String source) {
        this.source = source;
    }

    /** Fresh parameters for all that a graph declares; the same seed gives the same values. */
    public static Parameters initialise(Graph graph, long seed) {
        Parameters parameters = new Parameters(graph.name());
        parameters.initialiseMissing(graph, seed);
        return parameters;
    }

    /**
     * What a graph declares, read from a file's tensors and converted to the declared types. Tensors that the graph does
     * not declare stay unread. One direct buffer is reused: nothing passes through the heap.
     *
     * @param source for messages: the file or model
     * @throws IllegalArgumentException if one is missing or has another shape than declared
     */
    public static Parameters load(Graph graph, String source, Map<String, Tensor> file) {
        Parameters parameters = new Parameters(source);
        try {
            parameters.loadMissing(graph, file);
            return parameters;
        } catch (RuntimeException | Error e) {
            parameters.close();
            throw e;
        }
    }

    /** Reads what a graph declares and this set does not have yet; errors as {@link #load}. */
    public void loadMissing(Graph graph, Map<String, Tensor> file) {
        try (TensorLoader reader = new TensorLoader()) {
            for (Declaration declaration : graph.declarations()) {
                if (!tensors.containsKey(declaration.name())) {
                    Tensor tensor = file.get(declaration.name());
                    long[] shape = tensor == null ? new long[0] : tensor.shape();
                    check(
                            declaration,
                            tensor != null && Arrays.equals(shape, declaration.shape()),
                            tensor != null,
                            shape);
                    put(declaration.name(), reader.read(tensor, declaration, scope));
                }
            }
        }
    }

    /** Writes all tensors whose names match to a .safetensors file. */
    public void save(Path file, Predicate<String> name) throws IOException {
        Map<String, Tensor> chosen = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            if (name.test(key)) {
                chosen.put(key, Tensor.of(tensor.dtype(), tensor.shape(), tensor.bytes()));
            }
        });
        Safetensors.write(file, chosen, Map.of());
    }

    /** Initialises what the graph declares and this set does not have yet. */
    public void initialiseMissing(Graph graph, long seed) {
        try (TensorLoader reader = new TensorLoader()) {
            for (Declaration declaration : graph.declarations()) {
                if (!tensors.containsKey(declaration.name())) {
                    float[] values =
                            declaration.init().values(seed, declaration.name(), Math.toIntExact(declaration.size()));
                    put(declaration.name(), reader.read(Tensor.of(declaration.shape(), values), declaration, scope));
                }
            }
        }
    }

    /** Adds a tensor or replaces the one of that name; it now belongs to this set. */
    public void put(String name, DeviceTensor tensor) {
        DeviceTensor earlier = tensors.put(name, tensor.moveTo(scope));
        if (earlier != null) {
            earlier.close();
        }
    }

    /** Adds a copy of row-major values. */
    public void put(String name, float[] values, long... shape) {
        put(name, scope.floats(values, shape));
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public DeviceTensor get(String name) {
        DeviceTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(source + ": holds no `" + name + "`");
        }
        return tensor;
    }

    DeviceTensor require(Declaration declaration) {
        DeviceTensor tensor = tensors.get(declaration.name());
        long[] shape = tensor == null ? new long[0] : tensor.shape();
        check(declaration, tensor != null && declaration.fits(shape), tensor != null, shape);
        return tensor;
    }

    private void check(Declaration declaration, boolean fits, boolean present, long[] shape) {
        if (!fits) {
            String found = present ? "has shape " + text(shape) : "is missing";
            throw new IllegalArgumentException(source + ": `" + declaration.name() + "` " + found
                    + ", the configuration wants " + text(declaration.shape())
                    + "; does config.yaml belong to this checkpoint?");
        }
    }

    private static String text(long[] shape) {
        return Arrays.toString(shape).replace(" ", "");
    }

    @Override
    public void close() {
        scope.close();
    }
}
