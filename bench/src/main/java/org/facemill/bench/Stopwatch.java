package org.facemill.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Times of one call among several, in milliseconds.
 *
 * @param best      shortest wall time
 * @param median    middle wall time
 * @param processor processor time of all threads, the least
 */
public record Stopwatch(double best, double median, double processor) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Calls once to warm up, then {@code calls} times. */
    public static Stopwatch of(int calls, Runnable work) {
        work.run();
        double[] wall = new double[calls];
        double processor = Double.MAX_VALUE;
        for (int i = 0; i < calls; i++) {
            long startProcessor = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            work.run();
            wall[i] = (System.nanoTime() - start) / 1e6;
            processor = Math.min(processor, (SYSTEM.getProcessCpuTime() - startProcessor) / 1e6);
        }
        Arrays.sort(wall);
        return new Stopwatch(wall[0], wall[calls / 2], processor);
    }

    @Override
    public String toString() {
        return "best %8.1f ms, median %8.1f ms, processor %8.1f ms".formatted(best, median, processor);
    }
}
