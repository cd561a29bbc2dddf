package org.facemill.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.event.RunState;
import org.facemill.datasets.Manifest;

/** The datasets of one recipe's runs, held against the first of them, which nothing disturbed. */
final class Findings {

    private static final String EQUAL = "equal";

    private final int identities;
    private final int images;
    private final List<Finding> findings = new ArrayList<>();
    private String undisturbed;

    /** What a run's dataset was found to be; where the run ended without one, how it ended instead of equal or other. */
    private record Finding(String run, int lost, int doubled, String digest, Duration longestStall, double seconds) {

        boolean isSound() {
            return lost == 0 && doubled == 0 && digest.equals(EQUAL);
        }
    }

    Findings(int identities, int images) {
        this.identities = identities;
        this.images = images;
    }

    /** Waits until a run has ended, and judges its dataset. */
    void add(Mill mill, RunWatch run) throws IOException, InterruptedException {
        RunStatus status = run.ended();
        if (status.state() != RunState.COMPLETED) {
            String end = status.state() + ": " + status.reason();
            findings.add(new Finding(run.run(), identities * images, 0, end, run.longestStall(), status.seconds()));
            return;
        }
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
                manifest.digest().equals(undisturbed) ? EQUAL : "OTHER",
                run.longestStall(),
                status.seconds()));
    }

    boolean areSound() {
        return findings.stream().allMatch(Finding::isSound);
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-24s %11s %18s %10s %8s  %s",
                "RUN", "IMAGES LOST", "IDENTITIES DOUBLED", "STALL S", "SECONDS", "DIGEST"));
        for (Finding finding : findings) {
            table.append(String.format(
                    Locale.ROOT,
                    "%n%-24s %11d %18d %10.1f %8.0f  %s",
                    finding.run,
                    finding.lost,
                    finding.doubled,
                    finding.longestStall.toMillis() / 1000.0,
                    finding.seconds,
                    finding.digest));
        }
        return table.toString();
    }
}
