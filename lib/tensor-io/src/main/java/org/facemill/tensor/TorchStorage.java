package org.facemill.tensor;

import java.util.HashMap;
import java.util.Map;

/** A storage that a pickle refers to; several tensors may be views of it. {@code dtype} is U8 for untyped ones. */
record TorchStorage(DType dtype, String key, long elements) {

    /** PyTorch's names of storage types and of element types. */
    static final Map<String, DType> TYPES = types();

    private static Map<String, DType> types() {
        Map<String, DType> types = new HashMap<>(Map.of(
                "torch.FloatStorage",
                DType.F32,
                "torch.DoubleStorage",
                DType.F64,
                "torch.HalfStorage",
                DType.F16,
                "torch.BFloat16Storage",
                DType.BF16,
                "torch.LongStorage",
                DType.I64,
                "torch.IntStorage",
                DType.I32,
                "torch.ShortStorage",
                DType.I16,
                "torch.CharStorage",
                DType.I8,
                "torch.ByteStorage",
                DType.U8,
                "torch.BoolStorage",
                DType.BOOL));
        types.putAll(Map.of("torch.storage.UntypedStorage", DType.U8, "torch.UntypedStorage", DType.U8));
        types.putAll(Map.of(
                "torch.float32",
                DType.F32,
                "torch.float64",
                DType.F64,
                "torch.float16",
                DType.F16,
                "torch.bfloat16",
                DType.BF16,
                "torch.int64",
                DType.I64,
                "torch.int32",
                DType.I32,
                "torch.int16",
                DType.I16,
                "torch.int8",
                DType.I8,
                "torch.uint8",
                DType.U8,
                "torch.bool",
                DType.BOOL));
        types.putAll(Map.of("torch.uint16", DType.U16, "torch.uint32", DType.U32, "torch.uint64", DType.U64));
        return types;
    }

    static TorchStorage of(PickleGlobals.Global type, String key, long elements) {
        DType dtype = type.dtype();
        if (dtype == null || elements < 0) {
            throw new IllegalArgumentException("storage of " + elements + " " + type.name());
        }
        return new TorchStorage(dtype, key, elements);
    }

    long byteSize() {
        return Math.multiplyExact(elements, dtype.size());
    }
}
