package org.facemill.tensor;

import java.nio.ByteBuffer;

/** Element types, named as safetensors names them. All content is little-endian. */
public enum DType {
    BOOL(1),
    U8(1),
    I8(1),
    U16(2),
    I16(2),
    F16(2),
    BF16(2),
    U32(4),
    I32(4),
    F32(4),
    U64(8),
    I64(8),
    F64(8);

    private final int size;

    DType(int size) {
        this.size = size;
    }

    /** Bytes per element. */
    public int size() {
        return size;
    }

    public boolean isFloating() {
        return this == F16 || this == BF16 || this == F32 || this == F64;
    }

    /** The element at byte offset {@code at} of a little-endian buffer; 64-bit integers beyond 2^53 are rounded. */
    double real(ByteBuffer b, int at) {
        return switch (this) {
            case F32 -> b.getFloat(at);
            case F64 -> b.getDouble(at);
            case F16 -> halfToFloat(b.getShort(at));
            case BF16 -> Float.intBitsToFloat(b.getShort(at) << 16);
            case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 -> integer(b, at);
        };
    }

    /** The integer element at byte offset {@code at}; U64 keeps its bits. */
    long integer(ByteBuffer b, int at) {
        return switch (this) {
            case BOOL -> b.get(at) == 0 ? 0 : 1;
            case U8 -> b.get(at) & 0xFF;
            case I8 -> b.get(at);
            case U16 -> b.getShort(at) & 0xFFFF;
            case I16 -> b.getShort(at);
            case U32 -> b.getInt(at) & 0xFFFFFFFFL;
            case I32 -> b.getInt(at);
            case U64, I64 -> b.getLong(at);
            case F16, BF16, F32, F64 -> throw new IllegalStateException(this + " holds no integers");
        };
    }

    /** IEEE 754 binary16 to binary32, exact. */
    private static float halfToFloat(short half) {
        int exponent = half >> 10 & 0x1F;
        int fraction = half & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(1024 + fraction, exponent - 25);
        };
        return half < 0 ? -magnitude : magnitude;
    }
}
