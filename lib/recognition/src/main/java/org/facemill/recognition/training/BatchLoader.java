package org.facemill.recognition.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facemill.datasets.ImageDataset;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.augment.Augmentation;
import org.facemill.recognition.backbone.Backbone;

/**
 * Makes the batches of a training, in order and ahead of time, on threads beside the network's. What a step sees is a
 * function of seed and step alone: order, augmentation and all.
 */
final class BatchLoader implements AutoCloseable {

    /** Batches under way or ready at a time, each on a thread of its own: where images come over a network, most of them wait. */
    private static final int AHEAD = Math.max(4, Runtime.getRuntime().availableProcessors() / 2);

    private final ImageDataset dataset;
    private final Augmentation augmentation;
    private final long seed;
    private final int batchSize;
    private final ExecutorService threads;
    private final Deque<Future<Batch>> pending = new ArrayDeque<>();
    private long next;
    private long waitedNanos;
    private int[] order = {};
    private long orderedEpoch = -1;

    /**
     * Images and classes of one step.
     *
     * @param pixels [batch,112,112,3], RGB
     */
    record Batch(byte[] pixels, long[] labels) {}

    BatchLoader(ImageDataset dataset, Augmentation augmentation, long seed, int batchSize, long firstStep) {
        this.dataset = dataset;
        this.augmentation = augmentation;
        this.seed = seed;
        this.batchSize = batchSize;
        this.next = firstStep;
        this.threads = Executors.newFixedThreadPool(AHEAD, task -> {
            Thread thread = new Thread(task, "batch-loader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Steps in one pass over the dataset. */
    static long stepsPerEpoch(ImageDataset dataset, int batchSize) {
        return dataset.size() / batchSize;
    }

    /** The next step's batch; waits where it is not ready. */
    Batch next() {
        while (pending.size() < AHEAD) {
            pending.add(submit(next++));
        }
        long start = System.nanoTime();
        try {
            return pending.remove().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for images", e);
        } finally {
            waitedNanos += System.nanoTime() - start;
        }
    }

    /** Time that {@link #next} has waited in all. */
    long waitedNanos() {
        return waitedNanos;
    }

    private Future<Batch> submit(long step) {
        long steps = stepsPerEpoch(dataset, batchSize);
        long epoch = step / steps;
        if (epoch != orderedEpoch) {
            order = shuffled(epoch);
            orderedEpoch = epoch;
        }
        int[] indices = new int[batchSize];
        System.arraycopy(order, (int) (step % steps) * batchSize, indices, 0, batchSize);
        return threads.submit(() -> batch(indices, epoch));
    }

    private Batch batch(int[] indices, long epoch) {
        int bytes = Backbone.INPUT_SIZE * Backbone.INPUT_SIZE * 3;
        byte[] pixels = new byte[indices.length * bytes];
        long[] labels = new long[indices.length];
        for (int i = 0; i < indices.length; i++) {
            RgbImage image = image(indices[i]);
            RgbImage changed = augmentation.apply(image, random(epoch, 1 + indices[i]));
            System.arraycopy(changed.pixels(), 0, pixels, i * bytes, bytes);
            labels[i] = dataset.label(indices[i]);
        }
        return new Batch(pixels, labels);
    }

    private RgbImage image(int index) {
        RgbImage image = Images.decode(dataset.image(index), dataset.name(index), Limits.DEFAULT);
        if (image.width() != Backbone.INPUT_SIZE || image.height() != Backbone.INPUT_SIZE) {
            throw new IllegalArgumentException(dataset.name(index) + ": " + image.width() + "x" + image.height()
                    + " pixels, training takes aligned faces of " + Backbone.INPUT_SIZE + "x" + Backbone.INPUT_SIZE
                    + "; align the dataset first");
        }
        return image;
    }

    private int[] shuffled(long epoch) {
        SplittableRandom random = random(epoch, 0);
        int[] indices = new int[dataset.size()];
        for (int i = 0; i < indices.length; i++) {
            int other = random.nextInt(i + 1);
            indices[i] = indices[other];
            indices[other] = i;
        }
        return indices;
    }

    private SplittableRandom random(long epoch, long use) {
        long mixed = new SplittableRandom(seed).nextLong() ^ epoch * 0x9E3779B97F4A7C15L ^ use * 0xBF58476D1CE4E5B9L;
        return new SplittableRandom(mixed);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
