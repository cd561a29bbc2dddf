package org.facemill.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.RunState;

/**
 * A run's status, as context-service reports it.
 *
 * @param run its name
 * @param reason why it ended, where it did not complete; else empty
 * @param identities the ledger: issued, complete, discarded, failed, surplus, cancelled, in_flight, and how many are wanted
 * @param versions of the dataset that the recipe asks for
 * @param stages what each stage has done so far, in the order of the pipeline
 * @param started when it began, ISO 8601
 * @param ended when it ended; empty while it goes on
 * @param warnings what it may wait for in vain, such as a sampler that does not run
 */
public record RunStatus(
        String run,
        RunState state,
        String reason,
        Map<String, Long> identities,
        int versions,
        List<Stage> stages,
        String started,
        Optional<String> ended,
        List<String> warnings) {

    public RunStatus {
        warnings = warnings == null ? List.of() : warnings;
    }

    /**
     * What one stage has done.
     *
     * @param total how much there is to do; 0 where that is not known yet
     */
    public record Stage(String stage, long done, long total, String unit) {}

    /** How long the run has taken, or took. */
    public double seconds() {
        Instant end = ended.map(Instant::parse).orElseGet(Instant::now);
        return Duration.between(Instant.parse(started), end).toMillis() / 1000.0;
    }

    public static RunStatus of(JsonNode json) {
        return Json.MAPPER.convertValue(json, RunStatus.class);
    }

    /** Runs as people read them, one a line. */
    public static String table(List<RunStatus> runs) {
        StringBuilder table = new StringBuilder(String.format(
                "%-22s %-10s %8s %8s %8s  %s%n", "RUN", "STATE", "WANTED", "ISSUED", "COMPLETE", "REASON"));
        for (RunStatus run : runs) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-22s %-10s %8d %8d %8d  %s%n",
                    run.run,
                    run.state.name().toLowerCase(Locale.ROOT),
                    run.identities.get("wanted"),
                    run.identities.get("issued"),
                    run.identities.get("complete"),
                    run.reason));
            run.warnings.forEach(warning -> table.append(String.format("  warning: %s%n", warning)));
        }
        return table.toString().stripTrailing();
    }

    /** The run as people read it, a count a line. */
    public String text() {
        StringBuilder text = new StringBuilder(run + " " + state.name().toLowerCase(Locale.ROOT));
        if (!reason.isEmpty()) {
            text.append(": ").append(reason);
        }
        text.append(String.format("%n%nidentities"));
        identities.forEach((name, count) -> text.append(String.format("%n  %-12s %6d", name, count)));
        text.append(String.format("%n%nstages"));
        for (Stage stage : stages) {
            String total = stage.total == 0 ? "?" : String.valueOf(stage.total);
            text.append(String.format("%n  %-12s %6d of %s %s", stage.stage, stage.done, total, stage.unit));
        }
        warnings.forEach(warning -> text.append(String.format("%nwarning: %s", warning)));
        return text.toString();
    }
}
