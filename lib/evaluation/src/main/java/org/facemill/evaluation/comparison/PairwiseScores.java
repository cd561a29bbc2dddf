package org.facemill.evaluation.comparison;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.facemill.tensor.DType;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Torch;
import org.facemill.torch.Value;

/**
 * Cosines of many embeddings with many others, as products of matrices by libtorch.
 *
 * <p>The score of two embeddings is one number, to the last bit, whichever came first, whatever they are compared with beside
 * each other, and by however many threads: every product has one shape, {@value #PROBES} rows by {@value EmbeddingRows#BLOCK},
 * filled up with zeros, and is computed by one thread, so that each of its elements is summed in the same order. What is counted
 * while embeddings arrive so equals what is counted of all at once, on one class of device.
 *
 * <p>Memory: 4 MiB a thread for a product, and its {@value #PROBES} rows.
 */
final class PairwiseScores implements AutoCloseable {

    /** Rows that are compared with a block at once. */
    static final int PROBES = 256;

    private static final long PROGRESS_MILLIS = 200;

    private final int dimension;
    private final Parameters none;
    private final Network product;

    /** Takes scores, each once, in any order; every thread has one of its own. */
    interface Sink {

        /**
         * Takes the scores of one probe.
         *
         * @param probe  its row
         * @param first  row that {@code scores[0]} compares it with; the others follow
         * @param scores reused after the call
         * @param count  how many of them count
         */
        void take(int probe, int first, float[] scores, int count);
    }

    /**
     * What is compared: rows {@code from} to {@code to} (exclusive) of {@code probes} with all rows of {@code others}; where
     * both are the same rows, each with those before it, so that a pair comes once.
     */
    record Task(EmbeddingRows probes, int from, int to, EmbeddingRows others) {

        /** Number of scores. */
        long pairs() {
            long rows = to - from;
            return probes == others ? rows * from + rows * (rows - 1) / 2 : rows * others.size();
        }

        /** How many rows a probe is compared with. */
        int reach(int probe) {
            return probes == others ? probe : others.size();
        }
    }

    PairwiseScores(int dimension) {
        this.dimension = dimension;
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Value probes = recorder.input("probes");
        Value others = recorder.input("others").transpose(0, 1);
        recorder.output(
                "scores",
                Torch.onGpu()
                        ? probes.matmul(others)
                        : recorder.op("torch.mm", probes, others, Recorder.named("out", recorder.input("scores"))));
        Graph graph = recorder.finish("pairwise scores");
        this.none = Parameters.initialise(graph, 0);
        this.product = Network.load(graph, none);
    }

    /**
     * Compares; gives each thread's sink when all is done.
     *
     * @param progress is given pairs done since the last time, on the calling thread, several times a second; what it throws
     *                 ends the comparison
     */
    <S extends Sink> List<S> compare(Task task, Supplier<S> sinks, LongConsumer progress) {
        int threads = Torch.onGpu() ? 1 : Torch.threads();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            AtomicLong nextTile = new AtomicLong();
            AtomicLong pairs = new AtomicLong();
            CountDownLatch running = new CountDownLatch(threads);
            List<S> all = new ArrayList<>();
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                S sink = sinks.get();
                all.add(sink);
                workers.add(pool.submit(() -> {
                    try {
                        new Worker(task, sink).run(nextTile, pairs);
                    } catch (RuntimeException e) {
                        nextTile.set(Long.MAX_VALUE / 2);
                        throw e;
                    } finally {
                        running.countDown();
                    }
                }));
            }
            while (!running.await(PROGRESS_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.accept(pairs.getAndSet(0));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            progress.accept(pairs.get());
            return all;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing embeddings", e);
        } finally {
            end(pool);
        }
    }

    /** Returns when no worker touches the rows any more. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        product.close();
        none.close();
    }

    /** One thread's part: tile after tile, until there is none left. */
    private final class Worker {
        private final Task task;
        private final Sink sink;
        private final ByteBuffer probes = buffer(PROBES * dimension);
        private final ByteBuffer scores = buffer(PROBES * EmbeddingRows.BLOCK);
        private final float[] row = new float[EmbeddingRows.BLOCK];
        private long loaded = -1;

        Worker(Task task, Sink sink) {
            this.task = task;
            this.sink = sink;
        }

        void run(AtomicLong nextTile, AtomicLong pairs) {
            int blocks = task.others().blocks();
            long tiles = (task.to() - task.from() + PROBES - 1L) / PROBES * blocks;
            for (long tile = nextTile.getAndIncrement();
                    tile < tiles && !Thread.currentThread().isInterrupted();
                    tile = nextTile.getAndIncrement()) {
                int first = (int) (task.from() + tile / blocks * PROBES);
                int last = Math.min(task.to(), first + PROBES) - 1;
                int block = (int) (tile % blocks);
                if (block * EmbeddingRows.BLOCK < task.reach(last)) {
                    load(first, last + 1);
                    pairs.addAndGet(take(first, last, block));
                }
            }
        }

        private void load(int from, int to) {
            if (loaded != from) {
                task.probes().copy(from, to, probes);
                while (probes.hasRemaining()) {
                    probes.putFloat(0);
                }
                probes.clear();
                loaded = from;
            }
        }

        private long take(int first, int last, int block) {
            int begin = block * EmbeddingRows.BLOCK;
            long pairs = 0;
            try (Scope tile = Scope.open()) {
                FloatBuffer product = multiply(tile, task.others().block(block));
                for (int probe = first; probe <= last; probe++) {
                    int count = Math.min(EmbeddingRows.BLOCK, task.reach(probe) - begin);
                    if (count > 0) {
                        product.get((probe - first) * EmbeddingRows.BLOCK, row, 0, count);
                        sink.take(probe, begin, row, count);
                        pairs += count;
                    }
                }
            }
            return pairs;
        }

        private FloatBuffer multiply(Scope tile, ByteBuffer block) {
            if (Torch.onGpu()) {
                DeviceTensor left =
                        tile.create(probes.duplicate().order(ByteOrder.LITTLE_ENDIAN), DType.F32, PROBES, dimension);
                DeviceTensor right = tile.create(block, DType.F32, EmbeddingRows.BLOCK, dimension);
                return FloatBuffer.wrap(product.apply(tile, left, right).floats());
            }
            DeviceTensor left = tile.shared(probes, DType.F32, PROBES, dimension);
            DeviceTensor right = tile.shared(block, DType.F32, EmbeddingRows.BLOCK, dimension);
            DeviceTensor out = tile.shared(scores, DType.F32, PROBES, EmbeddingRows.BLOCK);
            Torch.onOneThread(() -> product.apply(tile, left, right, out));
            return scores.asFloatBuffer();
        }
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
