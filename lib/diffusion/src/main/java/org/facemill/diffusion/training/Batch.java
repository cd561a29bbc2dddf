package org.facemill.diffusion.training;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.facemill.contracts.Noise;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Scope;

/**
 * What one training step is fed: a pure function of the recipe's seed and the step's number, so that a run cut anywhere and
 * resumed sees what an uncut one sees.
 */
final class Batch {
    private final TrainingSet set;
    private final DenoiserRecipe recipe;
    private final NoiseSchedule schedule;
    private final int size;
    private final long[] shape;
    private final int sampleSize;
    private final int[] order;
    private long epoch = -1;

    private final float[] x0;
    private final float[] eps;
    private final float[] contexts;
    private final long[] t;
    private final byte[] empty;

    Batch(TrainingSet set, DenoiserRecipe recipe, NoiseSchedule schedule) {
        this.set = set;
        this.recipe = recipe;
        this.schedule = schedule;
        this.size = recipe.batch();
        if (set.size() < size) {
            throw new IllegalArgumentException(
                    "a batch of " + size + " wants as many samples, the training set has " + set.size());
        }
        this.shape = set.shape();
        this.sampleSize = Math.toIntExact(shape[0] * shape[1] * shape[2]);
        this.order = new int[set.size()];
        this.x0 = new float[size * sampleSize];
        this.eps = new float[size * sampleSize];
        this.contexts = new float[size * set.contextLength()];
        this.t = new long[size];
        this.empty = new byte[size];
    }

    /** Fills the batch of a step, counted from 0. */
    void fill(long step) {
        int steps = set.size() / size;
        shuffle(step / steps);
        SplittableRandom random = new SplittableRandom(recipe.seed() * 0x9E3779B97F4A7C15L + step);
        int[] contextOf = permutation(random, (int) (size * recipe.contexts().permutation()));
        float[] noise = new float[sampleSize];
        boolean dropped = false;
        for (int i = 0; i < size; i++) {
            int from = (int) (step % steps) * size;
            set.sample(order[from + i], x0, i * sampleSize);
            set.context(order[from + contextOf[i]], contexts, i * set.contextLength());
            Noise.normal(recipe.seed(), step, i, Noise.X_T, noise);
            System.arraycopy(noise, 0, eps, i * sampleSize, sampleSize);
            t[i] = random.nextInt(schedule.steps());
            empty[i] = (byte) (random.nextDouble() < recipe.contexts().dropout() ? 1 : 0);
            dropped |= empty[i] == 1;
        }
        if (recipe.contexts().dropout() > 0 && !dropped) {
            // as the original: a learned empty context always gets a gradient
            empty[0] = 1;
        }
    }

    /** A tensor of a part of this batch by its name in {@link DenoiserLoss}. */
    DeviceTensor tensor(Scope scope, String name, MicroBatch part) {
        return switch (name) {
            case "x0" -> scope.floats(rows(x0, sampleSize, part), part.size(), shape[0], shape[1], shape[2]);
            case "eps" -> scope.floats(rows(eps, sampleSize, part), part.size(), shape[0], shape[1], shape[2]);
            case "signal" -> scope.floats(rows(weights(true), 1, part), part.size(), 1, 1, 1);
            case "noise" -> scope.floats(rows(weights(false), 1, part), part.size(), 1, 1, 1);
            case "t" -> scope.longs(Arrays.copyOfRange(t, part.from(), part.end()), part.size());
            case "context" -> scope.floats(rows(contexts, set.contextLength(), part), part.size(), set.contextLength());
            case "empty" -> scope.bytes(Arrays.copyOfRange(empty, part.from(), part.end()), part.size());
            default -> throw new IllegalArgumentException("a batch has no `" + name + "`");
        };
    }

    private static float[] rows(float[] values, int length, MicroBatch part) {
        return Arrays.copyOfRange(values, part.from() * length, part.end() * length);
    }

    private float[] weights(boolean signal) {
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = signal ? schedule.sqrtAlphaBar((int) t[i]) : schedule.sqrtOneMinusAlphaBar((int) t[i]);
        }
        return weights;
    }

    private void shuffle(long wanted) {
        if (wanted == epoch) {
            return;
        }
        epoch = wanted;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        shuffle(order, order.length, new SplittableRandom(recipe.seed() + 0x5851F42D4C957F2DL * (epoch + 1)));
    }

    /** 0 .. size-1 with the first {@code count} in random order. */
    private int[] permutation(SplittableRandom random, int count) {
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            permutation[i] = i;
        }
        shuffle(permutation, count, random);
        return permutation;
    }

    private static void shuffle(int[] values, int count, SplittableRandom random) {
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
