package org.facemill.torch;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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

    /** Initialises what the graph declares and this set does not have yet. */
    public void initialiseMissing(Graph graph, long seed) {
        for (Declaration declaration : graph.declarations()) {
            if (!tensors.containsKey(declaration.name())) {
                put(declaration.name(), initial(declaration, seed));
            }
        }
    }

    private DeviceTensor initial(Declaration declaration, long seed) {
        int size = Math.toIntExact(declaration.size());
        float[] values = declaration.init().values(seed, declaration.name(), size);
        return switch (declaration.dtype()) {
            case F32 -> scope.floats(values, declaration.shape());
            case I64 -> {
                long[] whole = new long[size];
                Arrays.setAll(whole, i -> (long) values[i]);
                yield scope.longs(whole, declaration.shape());
            }
            default -> throw new IllegalArgumentException("no initial values of type " + declaration.dtype());
        };
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
            throw new IllegalArgumentException(source + ": `" + name + "` is missing; does config.yaml belong to this checkpoint?");
        }
        return tensor;
    }

    /** Number of elements of all tensors together. */
    public long size() {
        return tensors.values().stream().mapToLong(DeviceTensor::size).sum();
    }

    DeviceTensor require(Declaration declaration) {
        DeviceTensor tensor = get(declaration.name());
        if (!Arrays.equals(tensor.shape(), declaration.shape())) {
            throw new IllegalArgumentException(source + ": `" + declaration.name() + "` has shape "
                    + Arrays.toString(tensor.shape()).replace(" ", "") + ", the configuration wants "
                    + Arrays.toString(declaration.shape()).replace(" ", "")
                    + "; does config.yaml belong to this checkpoint?");
        }
        return tensor;
    }

    @Override
    public void close() {
        scope.close();
    }
}
