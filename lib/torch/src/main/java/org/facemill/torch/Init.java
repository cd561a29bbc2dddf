package org.facemill.torch;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * How a parameter starts: constant, uniform in ±scale, or normal with standard deviation scale.
 *
 * <p>Values are a function of the seed and the parameter's name alone, so that adding a layer changes no other.
 */
public record Init(Kind kind, double scale) {

    /** The distribution. */
    public enum Kind {
        CONSTANT,
        UNIFORM,
        NORMAL
    }

    public static final Init ZEROS = new Init(Kind.CONSTANT, 0);
    public static final Init ONES = new Init(Kind.CONSTANT, 1);

    public static Init constant(double value) {
        return new Init(Kind.CONSTANT, value);
    }

    /** Uniform in [-bound, bound]. */
    public static Init uniform(double bound) {
        return new Init(Kind.UNIFORM, bound);
    }

    /** Normal with mean 0. */
    public static Init normal(double deviation) {
        return new Init(Kind.NORMAL, deviation);
    }

    /** PyTorch's default of convolution and linear layers, weights and biases alike: uniform in ±1/sqrt(fanIn). */
    public static Init fanIn(long fanIn) {
        return uniform(1 / Math.sqrt(fanIn));
    }

    /** Kaiming's normal initialisation for ReLU: standard deviation sqrt(2/fan). */
    public static Init kaimingNormal(long fan) {
        return normal(Math.sqrt(2.0 / fan));
    }

    float[] values(long seed, String name, int count) {
        float[] values = new float[count];
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ fnv1a(name));
        for (int i = 0; i < count; i++) {
            values[i] = (float)
                    switch (kind) {
                        case CONSTANT -> scale;
                        case UNIFORM -> scale * (2 * random.nextDouble() - 1);
                        case NORMAL -> scale * normal(random);
                    };
        }
        return values;
    }

    /** Box-Muller in StrictMath: the same numbers on every Java. */
    private static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    private static long fnv1a(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
