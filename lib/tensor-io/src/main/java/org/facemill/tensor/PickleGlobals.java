package org.facemill.tensor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python names that a pickle may mention, and what each becomes here. A name that is not in the list is refused;
 * none is ever looked up anywhere else.
 */
final class PickleGlobals {
    private static final Map<String, Constructor> ALLOWED = new HashMap<>();

    static {
        ALLOWED.put("collections.OrderedDict", PickleGlobals::orderedDict);
        for (String module : List.of("builtins", "__builtin__")) {
            ALLOWED.put(module + ".bytes", PickleGlobals::bytes);
            ALLOWED.put(module + ".bytearray", PickleGlobals::bytes);
        }
        ALLOWED.put("_codecs.encode", PickleGlobals::latin1);

        ALLOWED.put(
                "torch._utils._rebuild_tensor",
                a -> TorchView.of((TorchStorage) a[0], ((TorchStorage) a[0]).dtype(), a));
        ALLOWED.put(
                "torch._utils._rebuild_tensor_v2",
                a -> TorchView.of((TorchStorage) a[0], ((TorchStorage) a[0]).dtype(), a));
        ALLOWED.put(
                "torch._utils._rebuild_tensor_v3", a -> TorchView.of((TorchStorage) a[0], ((Global) a[6]).dtype(), a));
        ALLOWED.put("torch._utils._rebuild_parameter", a -> a[0]);
        ALLOWED.put("torch.Size", a -> a.length == 1 && a[0] instanceof Object[] dims ? dims : a);
        ALLOWED.put("torch.device", a -> a[0]);
        for (String type : TorchStorage.TYPES.keySet()) {
            ALLOWED.put(type, Constructor.NONE);
        }

        for (String core : List.of("numpy.core", "numpy._core")) {
            ALLOWED.put(core + ".multiarray._reconstruct", a -> new NumpyArray());
            ALLOWED.put(core + ".multiarray.scalar", NumpyArray::scalar);
            ALLOWED.put(core + ".numeric._frombuffer", NumpyArray::fromBuffer);
        }
        ALLOWED.put("numpy.ndarray", Constructor.NONE);
        ALLOWED.put("numpy.dtype", a -> new NumpyDtype((String) a[0]));
    }

    private PickleGlobals() {}

    /** What a type does when the pickle calls it. */
    private interface Constructor {
        Constructor NONE = a -> {
            throw new IllegalArgumentException("a type that is only named is called");
        };

        Object call(Object[] arguments);
    }

    /** An allowed type or function, as the pickle's stack holds it. */
    record Global(String name) {

        Object call(String file, Object[] arguments) throws TensorFormatException {
            try {
                return ALLOWED.get(name).call(arguments);
            } catch (RuntimeException e) {
                throw new TensorFormatException(
                        file, name + " was given arguments that it does not take (" + e + ")", e);
            }
        }

        DType dtype() {
            return TorchStorage.TYPES.get(name);
        }
    }

    static Global find(String file, String module, String name) throws TensorFormatException {
        String global = module + "." + name;
        if (!ALLOWED.containsKey(global)) {
            throw new TensorFormatException(
                    file,
                    "wants the Python global `" + global + "`, which is none that tensors and arrays need; refused,"
                            + " nothing was run. If you trust the file, load it in Python"
                            + " and save its tensors as .safetensors");
        }
        return new Global(global);
    }

    private static Object orderedDict(Object[] arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (arguments.length > 0) {
            for (Object pair : (List<?>) arguments[0]) {
                Object[] entry = pair instanceof Object[] array ? array : ((List<?>) pair).toArray();
                map.put((String) entry[0], entry[1]);
            }
        }
        return map;
    }

    /** bytes() and bytearray() of nothing, of bytes, or of text and the name of its encoding. */
    private static byte[] bytes(Object[] arguments) {
        if (arguments.length == 0) {
            return new byte[0];
        }
        return arguments.length == 1 ? (byte[]) arguments[0] : latin1(arguments);
    }

    /** Protocol 2 spells bytes as text and the name of an encoding. */
    private static byte[] latin1(Object[] arguments) {
        if (!List.of("latin1", "latin-1").contains(arguments[1])) {
            throw new IllegalArgumentException("encoding " + arguments[1]);
        }
        return ((String) arguments[0]).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A tuple or list of integers. */
    static long[] integers(Object sequence) {
        Object[] items = sequence instanceof Object[] array ? array : ((List<?>) sequence).toArray();
        return Arrays.stream(items).mapToLong(i -> ((Number) i).longValue()).toArray();
    }
}
