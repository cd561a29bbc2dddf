package org.facemill.contexts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps contexts apart: each that is taken has at most a given cosine with all taken before. All pairs are compared; the
 * work grows with the square of the number. For one thread; uses all cores.
 */
public final class Separation {

    /** Vectors of a block, component by component, so that the innermost loop runs over vectors. */
    private static final int BLOCK = 64;
    /** Contexts that are held against a block while it is in the processor's cache. */
    private static final int GROUP = 16;

    private final float largestCosine;
    private final List<float[]> blocks = new ArrayList<>();
    private int taken;

    /** @param largestCosine that two contexts may have, -1 to 1 */
    public Separation(double largestCosine) {
        this.largestCosine = (float) largestCosine;
    }

    /**
     * Takes those of some contexts that are far enough from all taken so far, in order.
     *
     * @param contexts of one length, none zero
     * @return whether each was taken
     */
    public boolean[] take(List<float[]> contexts) {
        List<float[]> units = contexts.stream().map(Separation::unit).toList();
        boolean[] far = new boolean[units.size()];
        int before = taken;
        IntStream.range(0, (units.size() + GROUP - 1) / GROUP)
                .parallel()
                .forEach(group -> compareGroup(units, group * GROUP, far));
        for (int i = 0; i < far.length; i++) {
            far[i] = far[i] && isFarFromOthers(before, units.get(i));
            if (far[i]) {
                add(units.get(i));
            }
        }
        return far;
    }

    private void compareGroup(List<float[]> units, int from, boolean[] far) {
        int to = Math.min(units.size(), from + GROUP);
        Arrays.fill(far, from, to, true);
        for (int block = 0; block < blocks.size(); block++) {
            for (int i = from; i < to; i++) {
                far[i] = far[i] && isFar(units.get(i), blocks.get(block), 0, Math.min(BLOCK, taken - block * BLOCK));
            }
        }
    }

    private boolean isFarFromOthers(int first, float[] unit) {
        for (int block = first / BLOCK; block * BLOCK < taken; block++) {
            int from = Math.max(0, first - block * BLOCK);
            if (!isFar(unit, blocks.get(block), from, Math.min(BLOCK, taken - block * BLOCK))) {
                return false;
            }
        }
        return true;
    }

    private boolean isFar(float[] unit, float[] block, int from, int to) {
        float[] cosines = new float[BLOCK];
        for (int k = 0; k < unit.length; k++) {
            float value = unit[k];
            int row = k * BLOCK;
            for (int j = 0; j < BLOCK; j++) {
                cosines[j] += value * block[row + j];
            }
        }
        for (int j = from; j < to; j++) {
            if (cosines[j] > largestCosine) {
                return false;
            }
        }
        return true;
    }

    private void add(float[] unit) {
        if (taken % BLOCK == 0) {
            blocks.add(new float[unit.length * BLOCK]);
        }
        float[] block = blocks.get(blocks.size() - 1);
        for (int k = 0; k < unit.length; k++) {
            block[k * BLOCK + taken % BLOCK] = unit[k];
        }
        taken++;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return unit;
    }
}
