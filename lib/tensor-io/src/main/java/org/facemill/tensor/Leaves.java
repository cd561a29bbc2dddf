package org.facemill.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flattens nested dictionaries and lists into leaves named by dotted paths. */
final class Leaves {
    private final String file;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Leaves(String file) {
        this.file = file;
    }

    /** {@code value} as {@link SafePickle} returns it; {@code name} is empty at the root. */
    void add(String name, Object value) throws TensorFormatException {
        if (value instanceof Tensor tensor) {
            put(tensors, name, tensor);
        } else if (value instanceof Map<?, ?> map) {
            for (var e : map.entrySet()) {
                add(join(name, e.getKey()), e.getValue());
            }
        } else if (value instanceof List<?> list
                && list.stream().anyMatch(e -> e instanceof Tensor || e instanceof Map)) {
            for (int i = 0; i < list.size(); i++) {
                add(join(name, i), list.get(i));
            }
        } else {
            put(values, name, value);
        }
    }

    private static String join(String name, Object key) {
        return name.isEmpty() ? key.toString() : name + "." + key;
    }

    private <V> void put(Map<String, V> leaves, String name, V leaf) throws TensorFormatException {
        String key = name.isEmpty() ? TensorFile.BARE_ARRAY : name;
        if (leaves.put(key, leaf) != null) {
            throw new TensorFormatException(file, "two entries are called `" + key + "`");
        }
    }

    TensorFile.Content content(TensorFile.Format format) {
        return new TensorFile.Content(format, tensors, values);
    }
}
