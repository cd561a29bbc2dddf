package org.facemill.tensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what the pickle machine built into plain values and tensors; bounded in depth and in number of nodes. */
final class PickleTree {
    /** Objects that are shared, or that hold themselves, could unfold without end. */
    private static final int MAX_NODES = 4_000_000;

    private static final int MAX_DEPTH = 64;

    private final String file;
    private final Storages storages;
    private int nodes;

    private PickleTree(String file, Storages storages) {
        this.file = file;
        this.storages = storages;
    }

    /** Where the content of a storage is. */
    interface Storages {
        Bytes content(TorchStorage storage) throws IOException;
    }

    static Object resolve(String file, Object root, Storages storages) throws IOException {
        try {
            return new PickleTree(file, storages).resolve(root, 0);
        } catch (RuntimeException e) {
            throw new TensorFormatException(
                    file, "an object in the pickle is inconsistent (" + e + "); the file is damaged", e);
        }
    }

    private Object resolve(Object node, int depth) throws IOException {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new TensorFormatException(
                    file,
                    "the pickle unfolds to more than " + MAX_NODES + " objects or deeper than " + MAX_DEPTH
                            + "; refused");
        }
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> result = new LinkedHashMap<>();
            for (var e : map.entrySet()) {
                result.put(resolve(e.getKey(), depth + 1), resolve(e.getValue(), depth + 1));
            }
            return result;
        }
        if (node instanceof List<?> list) {
            return resolveAll(list, depth);
        }
        if (node instanceof Object[] tuple) {
            return resolveAll(Arrays.asList(tuple), depth);
        }
        if (node instanceof NumpyArray array) {
            return resolve(array, depth);
        }
        if (node instanceof TorchView view) {
            return view.tensor(file, storages.content(view.storage()));
        }
        return leaf(node);
    }

    private List<Object> resolveAll(List<?> items, int depth) throws IOException {
        List<Object> result = new ArrayList<>();
        for (Object item : items) {
            result.add(resolve(item, depth + 1));
        }
        return result;
    }

    /** An array of objects becomes a list, or its only element where it has no dimension (numpy.save of a dict). */
    private Object resolve(NumpyArray array, int depth) throws IOException {
        Optional<List<?>> objects = array.objects();
        if (objects.isEmpty()) {
            return array.value(file);
        }
        return array.isZeroDimensional() ? resolve(objects.get().get(0), depth + 1) : resolveAll(objects.get(), depth);
    }

    private Object leaf(Object node) throws TensorFormatException {
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof Integer || node instanceof Short || node instanceof Byte) {
            return ((Number) node).longValue();
        }
        if (node instanceof PickleGlobals.Global global) {
            return global.name();
        }
        if (node instanceof String || node instanceof Number || node instanceof Boolean || node instanceof byte[]) {
            return node;
        }
        throw new TensorFormatException(file, "an object in the pickle is unfinished; the file is damaged");
    }
}
