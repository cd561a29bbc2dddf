package org.facemill.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.facemill.contracts.recipe.Precision;
import org.facemill.tensor.DType;

/**
 * libtorch, started once per process on first use.
 *
 * <p>Settings, as system property or (upper case, {@code _} for {@code .}) environment variable:
 * <ul>
 *   <li>{@code facemill.device}: {@code auto} (default), {@code cpu} or {@code cuda:N};</li>
 *   <li>{@code facemill.threads}: native threads of this process, default all cores;</li>
 *   <li>{@code DJL_CACHE_DIR}: where the native libraries are unpacked, default {@code ~/.cache/facemill/libtorch}.</li>
 * </ul>
 * Nothing is ever fetched over a network.
 */
public final class Torch {
    private static final Logger LOG = System.getLogger(Torch.class.getName());
    private static final String DEVICE = "facemill.device";
    private static final String THREADS = "facemill.threads";
    private static final String CACHE = "DJL_CACHE_DIR";
    private static final Duration EXIT_WAIT = Duration.ofSeconds(60);
    private static final ReadWriteLock RUNNING = new ReentrantReadWriteLock();
    private static volatile boolean shuttingDown;
    private static volatile Device device;

    private Torch() {}

    /**
     * Starts libtorch if that has not happened yet.
     *
     * @throws IllegalArgumentException naming a setting that is malformed, or a device that is not there
     */
    public static void start() {
        setting(THREADS).ifPresent(Torch::threadCount);
        requestedGpu(Engines.ENGINE);
        djlDevice();
    }

    /** What networks run on, as it was logged at the start: {@code cpu} or {@code cuda:N}. */
    public static String device() {
        return name(djlDevice());
    }

    /** Whether networks run on a GPU. */
    public static boolean onGpu() {
        return djlDevice().isGpu();
    }

    /** The type in which networks of a precision compute. */
    public static DType dtype(Precision precision) {
        return switch (precision) {
            case FP32 -> DType.F32;
            case BF16 -> DType.BF16;
        };
    }

    /** Native threads that one operation is split over. */
    public static int threads() {
        start();
        return JniUtils.getNumThreads();
    }

    /**
     * What libtorch is and sees on this machine.
     *
     * @param gpus CUDA devices that it sees
     * @param threads native threads that one operation is split over
     * @param packed whether weights are packed for this processor, in bf16, too: several times as fast
     */
    public record Facts(String version, String device, int gpus, int threads, boolean packed) {}

    /** What libtorch is and sees on this machine; starts it. */
    public static Facts facts() {
        start();
        return new Facts(Engines.ENGINE.getVersion(), device(), Engines.ENGINE.getGpuCount(), threads(), packs());
    }

    /** Whether oneDNN's kernels for packed weights are there, those for bfloat16 among them. */
    static boolean packs() {
        return Packing.THERE;
    }

    static Device djlDevice() {
        Device chosen = device;
        return chosen == null ? chooseDevice() : chosen;
    }

    /** A device that is refused may be followed by another setting and another attempt. */
    private static synchronized Device chooseDevice() {
        if (device == null) {
            Engine engine = Engines.ENGINE;
            OptionalInt gpu = requestedGpu(engine);
            device = gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu();
            LOG.log(
                    Level.INFO,
                    "libtorch {0} on {1} ({2} CUDA device(s) seen), {3} native thread(s)",
                    engine.getVersion(),
                    name(device),
                    engine.getGpuCount(),
                    JniUtils.getNumThreads());
        }
        return device;
    }

    /**
     * Gradient recording and the executor's profiling are properties of a thread, and libtorch's default for a new
     * thread is wrong for us in both: every run sets them for its own thread.
     */
    static void prepareThread(boolean gradients) {
        JniUtils.setGradMode(gradients);
        JniUtils.setGraphExecutorOptimize(false);
    }

    /**
     * Runs native work. Should the process be ended meanwhile, the exit waits for it: libtorch's own clean-up pulls the
     * code away from under threads that still compute.
     *
     * @throws IllegalStateException if the process is ending
     */
    static <T> T compute(boolean gradients, Supplier<T> work) {
        RUNNING.readLock().lock();
        try {
            if (shuttingDown) {
                throw new IllegalStateException("nothing is computed any more: the process is ending");
            }
            prepareThread(gradients);
            return work.get();
        } finally {
            prepareThread(false);
            RUNNING.readLock().unlock();
        }
    }

    /** Runs native work on the calling thread alone; its number of native threads is restored afterwards. */
    public static <T> T onOneThread(Supplier<T> work) {
        int threads = JniUtils.getNumThreads();
        JniUtils.setNumThreads(1);
        try {
            return work.get();
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    /** Whether networks run on a processor with AMX. */
    static boolean hasMatrixTiles() {
        return !djlDevice().isGpu() && Processor.hasMatrixTiles();
    }

    /** Lets running work finish and refuses new work. */
    private static void awaitRunningWork() {
        shuttingDown = true;
        try {
            if (RUNNING.writeLock().tryLock(EXIT_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                RUNNING.writeLock().unlock();
            } else {
                LOG.log(Level.WARNING, "ending while libtorch still computes after {0} s", EXIT_WAIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What oneDNN packs differs from processor to processor (bfloat16 wants AVX-512, say), so it is tried, once. */
    private static final class Packing {
        static final boolean THERE = isX86() && !djlDevice().isGpu() && works();

        private static boolean isX86() {
            String processor = System.getProperty("os.arch");
            return processor.equals("amd64") || processor.equals("x86_64");
        }

        private static boolean works() {
            Recorder recorder = new Recorder(Recorder.Mode.PACKED, DType.BF16);
            recorder.output("y", new Layers(recorder).linear("linear", recorder.input("x"), 16, 16));
            try {
                Parameters.initialise(recorder.finish("packing"), 1).close();
                return true;
            } catch (EngineException e) {
                LOG.log(Level.INFO, "weights stay as they are stored: oneDNN packs none in bf16 for this processor");
                LOG.log(Level.DEBUG, "the attempt to pack a weight", e);
                return false;
            }
        }
    }

    /** Holds the engine, so that the class loader starts it exactly once. */
    private static final class Engines {
        static final Engine ENGINE = start();

        private static Engine start() {
            System.setProperty("ai.djl.offline", "true");
            if (Optional.ofNullable(System.getenv(CACHE))
                    .or(() -> property(CACHE))
                    .isEmpty()) {
                System.setProperty(CACHE, cacheDirectory().toString());
            }
            int threads = setting(THREADS)
                    .map(Torch::threadCount)
                    .orElseGet(() -> Runtime.getRuntime().availableProcessors());
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
            System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
            Engine engine = Engine.getEngine("PyTorch");
            Runtime.getRuntime().addShutdownHook(new Thread(Torch::awaitRunningWork, "libtorch-exit"));
            if (threads > 1 && engine.getGpuCount() == 0 && System.getenv("OMP_WAIT_POLICY") == null) {
                LOG.log(Level.INFO, "OMP_WAIT_POLICY is not set; with 'passive' idle native threads do not spin");
            }
            return engine;
        }
    }

    private static OptionalInt requestedGpu(Engine engine) {
        return gpu(setting(DEVICE).orElse("auto"), engine.getGpuCount());
    }

    /** The CUDA device that a setting means where {@code gpus} are seen; none for the processor. */
    static OptionalInt gpu(String wanted, int gpus) {
        if (wanted.equals("cpu") || wanted.equals("auto") && gpus == 0) {
            return OptionalInt.empty();
        } else if (wanted.equals("auto")) {
            return OptionalInt.of(0);
        } else if (!wanted.matches("cuda:\\d{1,3}")) {
            throw new IllegalArgumentException("facemill.device=" + wanted + ": expected auto, cpu or cuda:N");
        }
        int index = Integer.parseInt(wanted.substring("cuda:".length()));
        if (index >= gpus) {
            throw new IllegalArgumentException(
                    "facemill.device=" + wanted + ": libtorch sees " + gpus + " CUDA device(s); "
                            + "build with the Maven profile 'cuda', check the driver, or set facemill.device=cpu");
        }
        return OptionalInt.of(index);
    }

    private static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    private static int threadCount(String value) {
        int count = value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
        if (count < 1) {
            throw new IllegalArgumentException("facemill.threads=" + value + ": expected a number from 1 up");
        }
        return count;
    }

    private static Path cacheDirectory() {
        Path preferred = Path.of(System.getProperty("user.home"), ".cache", "facemill", "libtorch");
        try {
            return Files.createDirectories(preferred);
        } catch (IOException e) {
            // a container's user may have no home to write to
            return Path.of(System.getProperty("java.io.tmpdir"), "facemill-libtorch");
        }
    }

    private static Optional<String> setting(String name) {
        return property(name)
                .or(() ->
                        Optional.ofNullable(System.getenv(name.replace('.', '_').toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name));
    }
}
