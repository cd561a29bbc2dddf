package org.facemill.diffusion.model;

import java.util.Arrays;
import java.util.Locale;
import org.facemill.tensor.DType;

/** In what networks compute when they sample. Samplers compute in float32 always. */
public enum Precision {
    FP32(DType.F32),
    /** Faster where the processor multiplies bfloat16 matrices (AMX, AVX512-BF16, tensor cores). */
    BF16(DType.BF16);

    private final DType dtype;

    Precision(DType dtype) {
        this.dtype = dtype;
    }

    DType dtype() {
        return dtype;
    }

    /** By its name in recipes: {@code fp32} or {@code bf16}. */
    public static Precision of(String name) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("precision: '" + name + "' given, expected fp32 or bf16"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
