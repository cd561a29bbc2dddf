package org.facemill.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.facemill.cli.output.Errors;
import org.facemill.torch.Torch;

/** The machine that this command runs on: Java, memory, disk, libtorch, GPU. */
public final class MachineCheck {

    private static final long GIB = 1L << 30;
    /** Broker, store and the services of a run take about five. */
    private static final long MEMORY_GIB = 6;
    /** Ten thousand identities of fifty crops and their blocks take about thirty; the demo takes less than one. */
    private static final long DISK_GIB = 5;

    private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");

    private MachineCheck() {}

    /** @param state folder whose disk is checked */
    public static List<Finding> all(Path state) throws IOException {
        return List.of(java(), memory(), disk(state), engine(), packing(), gpu(), spinning(System.getenv()));
    }

    private static Finding java() {
        return Finding.good("java", Runtime.version() + " of " + System.getProperty("java.home"));
    }

    private static Finding memory() {
        long bytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        String found = "%.1f GiB".formatted((double) bytes / GIB);
        return bytes >= MEMORY_GIB * GIB
                ? Finding.good("memory", found)
                : Finding.poor(
                        "memory",
                        found,
                        "the whole system wants " + MEMORY_GIB + " GiB; run the stages by file commands, or fewer"
                                + " services: `facemill up --without SERVICE`");
    }

    /** Of the state folder, or of the nearest folder above it that is there. */
    private static Finding disk(Path state) throws IOException {
        Path folder = state.toAbsolutePath();
        while (!Files.exists(folder)) {
            folder = folder.getParent();
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        String found = "%.1f GiB free for %s".formatted((double) free / GIB, state);
        return free >= DISK_GIB * GIB
                ? Finding.good("disk", found)
                : Finding.poor("disk", found, "make room, or take a folder on another disk by --state");
    }

    private static Finding engine() {
        try {
            Torch.Facts torch = Torch.facts();
            return Finding.good(
                    "libtorch",
                    torch.version() + " on " + torch.device() + ", " + torch.threads() + " native thread(s) of "
                            + Runtime.getRuntime().availableProcessors() + " processor(s)");
        } catch (RuntimeException | LinkageError e) {
            return Finding.bad(
                    "libtorch",
                    Errors.message(e),
                    "libraries are unpacked to DJL_CACHE_DIR (~/.cache/facemill/libtorch): there must be room for 1 GiB,"
                            + " and programs may be run from there; facemill.device and facemill.threads must fit");
        }
    }

    private static Finding packing() {
        try {
            Torch.Facts torch = Torch.facts();
            if (torch.device().startsWith("cuda")) {
                return Finding.good("packed bf16", "of no matter on " + torch.device());
            }
            return torch.packed()
                    ? Finding.good("packed bf16", "oneDNN packs weights for this processor")
                    : Finding.poor(
                            "packed bf16",
                            "oneDNN packs no weights in bf16 for this processor",
                            "networks run unpacked, several times slower in bf16: sample with precision fp32, or on a"
                                    + " processor with AVX-512");
        } catch (RuntimeException | LinkageError e) {
            return Finding.bad("packed bf16", "libtorch does not start", "see libtorch");
        }
    }

    /** A driver without devices that libtorch sees is the case that costs people an afternoon. */
    private static Finding gpu() throws IOException {
        if (!Files.exists(NVIDIA_DRIVER)) {
            return Finding.good("gpu", "no NVIDIA driver here; networks run on the processor");
        }
        String driver = Files.readAllLines(NVIDIA_DRIVER).get(0);
        int gpus;
        try {
            gpus = Torch.facts().gpus();
        } catch (RuntimeException | LinkageError e) {
            return Finding.bad("gpu", driver, "see libtorch");
        }
        return gpus > 0
                ? Finding.good("gpu", gpus + " CUDA device(s); " + driver)
                : Finding.bad(
                        "gpu",
                        driver + ", but libtorch sees no CUDA device",
                        "build with `mvn -Pcuda -DskipTests package`: the libtorch of the usual build has no CUDA");
    }

    static Finding spinning(Map<String, String> environment) {
        String policy = environment.getOrDefault("OMP_WAIT_POLICY", "not set");
        return policy.equalsIgnoreCase("passive")
                ? Finding.good("idle threads", "OMP_WAIT_POLICY=" + policy)
                : Finding.poor(
                        "idle threads",
                        "OMP_WAIT_POLICY is " + policy + ": idle native threads spin",
                        "export OMP_WAIT_POLICY=passive where several programs share the machine");
    }
}
