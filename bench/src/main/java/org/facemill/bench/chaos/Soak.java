package org.facemill.bench.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facemill.cli.runs.RunStatus;

/** A long run without faults: what grows. */
final class Soak {

    /** Of the run: before, caches fill and code is compiled. */
    private static final double WARM = 0.2;

    private static final int SAMPLE_EVERY_MILLIS = 5000;

    private final Mill mill;

    Soak(Mill mill) {
        this.mill = mill;
    }

    /** The state at a moment: seconds since the start, identities complete, megabytes of all programs. */
    private record Sample(double seconds, long complete, double megabytes) {}

    void run(String recipe) throws IOException, InterruptedException {
        RunWatch run = mill.submit(recipe);
        long start = System.nanoTime();
        List<Sample> samples = new ArrayList<>();
        while (!run.isOver()) {
            samples.add(new Sample(
                    (System.nanoTime() - start) / 1e9,
                    run.complete(),
                    mill.memory().total()));
            Thread.sleep(SAMPLE_EVERY_MILLIS);
        }
        RunStatus status = run.ended();
        List<Sample> warm = samples.subList((int) (WARM * samples.size()), samples.size());
        Chaos.say("soak: %s, %d identities in %.0f s", status.state(), run.complete(), status.seconds());
        Chaos.say(
                "after the first fifth: memory of all programs grows by %.1f MB per 1000 identities, from %.0f MB",
                1000 * slope(warm, Sample::complete, Sample::megabytes), warm.get(0).megabytes);
        List<Sample> early = warm.subList(0, warm.size() / 2);
        List<Sample> late = warm.subList(warm.size() / 2, warm.size());
        Chaos.say(
                "an identity takes %.0f ms in the first half of it, %.0f ms in the second",
                1000 * slope(early, Sample::complete, Sample::seconds),
                1000 * slope(late, Sample::complete, Sample::seconds));
    }

    private interface Figure {
        double of(Sample sample);
    }

    /** By least squares. */
    private static double slope(List<Sample> samples, Figure x, Figure y) {
        double meanX = samples.stream().mapToDouble(x::of).average().orElseThrow();
        double meanY = samples.stream().mapToDouble(y::of).average().orElseThrow();
        double both = samples.stream()
                .mapToDouble(s -> (x.of(s) - meanX) * (y.of(s) - meanY))
                .sum();
        double square =
                samples.stream().mapToDouble(s -> Math.pow(x.of(s) - meanX, 2)).sum();
        return both / square;
    }
}
