package org.facemill.tensor;

import java.util.Optional;

/** A numpy type string such as {@code <f4}: byte order, kind, and size in bytes (characters for kind U). */
record NumpyType(char order, char kind, int size) {

    static Optional<NumpyType> parse(String descr) {
        boolean hasOrder = !descr.isEmpty() && "<>|=".indexOf(descr.charAt(0)) >= 0;
        String type = hasOrder ? descr.substring(1) : descr;
        if (!type.matches("[A-Za-z]\\d{0,8}")) {
            return Optional.empty();
        }
        int size = type.length() == 1 ? 0 : Integer.parseInt(type.substring(1));
        return Optional.of(new NumpyType(hasOrder ? descr.charAt(0) : '=', type.charAt(0), size));
    }

    boolean bigEndian() {
        return order == '>';
    }

    /** Empty where a tensor cannot hold it: text, objects, complex numbers, dates. */
    Optional<DType> dtype() {
        return Optional.ofNullable(
                switch ("" + kind + size) {
                    case "b1" -> DType.BOOL;
                    case "u1" -> DType.U8;
                    case "i1" -> DType.I8;
                    case "u2" -> DType.U16;
                    case "i2" -> DType.I16;
                    case "f2" -> DType.F16;
                    case "u4" -> DType.U32;
                    case "i4" -> DType.I32;
                    case "f4" -> DType.F32;
                    case "u8" -> DType.U64;
                    case "i8" -> DType.I64;
                    case "f8" -> DType.F64;
                    default -> null;
                });
    }

    static String descr(DType dtype) {
        return switch (dtype) {
            case BOOL -> "|b1";
            case U8 -> "|u1";
            case I8 -> "|i1";
            case U16 -> "<u2";
            case I16 -> "<i2";
            case F16 -> "<f2";
            case U32 -> "<u4";
            case I32 -> "<i4";
            case F32 -> "<f4";
            case U64 -> "<u8";
            case I64 -> "<i8";
            case F64 -> "<f8";
            case BF16 -> throw new IllegalArgumentException("numpy has no bfloat16; convert to F32 first");
        };
    }
}
