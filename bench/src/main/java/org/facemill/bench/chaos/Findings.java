package org.facemill.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facemill.cli.runs.RunStatus;
import org.facemill.datasets.Manifest;

/** The datasets of one recipe's runs, held against the first of them, which nothing disturbed. */
final class Findings {

    private final int identities;
    private final int images;
    private final List<Finding> findings = new ArrayList<>();
    private String undisturbed;

    /** What a run's dataset was found to be. */
    private record Finding(String run, int lost, int doubled, boolean equal, Duration longestStall, double seconds) {

        boolean isSound() {
            return lost == 0 && doubled == 0 && equal;
        }
    }

    Findings(int identities, int images) {
        this.identities = identities;
        this.images = images;
    }

    /** Waits until a run is complete, and judges its dataset. */
    void add(Mill mill, RunWatch run) throws IOException, InterruptedException {
        RunStatus status = run.completed();
        Manifest manifest = mill.dataset(status);
        if (undisturbed == null) {
            undisturbed = manifest.digest();
        }
        int present = (int) manifest.members().stream()
                .map(Manifest.Member::ordinal)
                .distinct()
                .count();
        findings.add(new Finding(
                manifest.run(),
                identities * images - Math.min(identities * images, manifest.images()),
                manifest.members().size() - present,
                manifest.digest().equals(undisturbed),
                run.longestStall(),
                status.seconds()));
    }

    boolean areSound() {
        return findings.stream().allMatch(Finding::isSound);
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-24s %11s %18s %6s %10s %8s",
                "RUN", "IMAGES LOST", "IDENTITIES DOUBLED", "DIGEST", "STALL S", "SECONDS"));
        for (Finding finding : findings) {
            table.append(String.format(
                    Locale.ROOT,
                    "%n%-24s %11d %18d %6s %10.1f %8.0f",
                    finding.run,
                    finding.lost,
                    finding.doubled,
                    finding.equal ? "equal" : "OTHER",
                    finding.longestStall.toMillis() / 1000.0,
                    finding.seconds));
        }
        return table.toString();
    }
}
