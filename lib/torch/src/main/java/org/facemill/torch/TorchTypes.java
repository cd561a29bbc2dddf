package org.facemill.torch;

import ai.djl.ndarray.types.DataType;
import org.facemill.tensor.DType;

/** Element types as TorchScript and DJL name them. */
final class TorchTypes {
    private TorchTypes() {}

    /** The number of PyTorch's ScalarType. */
    static int code(DType type) {
        return switch (type) {
            case U8 -> 0;
            case I8 -> 1;
            case I16 -> 2;
            case I32 -> 3;
            case I64 -> 4;
            case F16 -> 5;
            case F32 -> 6;
            case F64 -> 7;
            case BOOL -> 11;
            case BF16 -> 15;
            case U16, U32, U64 -> throw new IllegalArgumentException("PyTorch hardly computes with " + type);
        };
    }

    static DataType djl(DType type) {
        return switch (type) {
            case U8 -> DataType.UINT8;
            case I8 -> DataType.INT8;
            case I16 -> DataType.INT16;
            case I32 -> DataType.INT32;
            case I64 -> DataType.INT64;
            case F16 -> DataType.FLOAT16;
            case F32 -> DataType.FLOAT32;
            case F64 -> DataType.FLOAT64;
            case BOOL -> DataType.BOOLEAN;
            case BF16 -> DataType.BFLOAT16;
            case U16, U32, U64 -> throw new IllegalArgumentException("PyTorch hardly computes with " + type);
        };
    }

    static DType of(DataType type) {
        return switch (type) {
            case UINT8 -> DType.U8;
            case INT8 -> DType.I8;
            case INT16 -> DType.I16;
            case INT32 -> DType.I32;
            case INT64 -> DType.I64;
            case FLOAT16 -> DType.F16;
            case FLOAT32 -> DType.F32;
            case FLOAT64 -> DType.F64;
            case BOOLEAN -> DType.BOOL;
            // DJL does not recognise bfloat16, the only type here that it does not
            case BFLOAT16, UNKNOWN -> DType.BF16;
            default -> throw new IllegalArgumentException("tensors of type " + type + " are not used here");
        };
    }
}
