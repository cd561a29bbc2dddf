package org.facemill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.RunState;

/**
 * Where a run stands, as context-service tells it.
 *
 * @param run its name
 * @param reason why it ended, where it did not complete; else empty
 * @param identities the ledger: issued, complete, discarded, failed, surplus, cancelled, in_flight, and how many are wanted
 * @param versions of the dataset that the recipe asks for
 * @param stages what each stage has done so far, in the order of the pipeline
 */
public record RunStatus(String run, RunState state, String reason, Map<String, Long> identities, int versions, List<Stage> stages) {

    /**
     * What one stage has done.
     *
     * @param total how much there is to do; 0 where that is not known yet
     */
    public record Stage(String stage, long done, long total, String unit) {}

    static RunStatus of(JsonNode json) {
        return Json.MAPPER.convertValue(json, RunStatus.class);
    }

    /** Runs as people read them, one a line. */
    static String table(List<RunStatus> runs) {
        StringBuilder table = new StringBuilder(String.format("%-32s %-10s %9s %9s %s%n", "RUN", "STATE", "COMPLETE", "ISSUED", ""));
        for (RunStatus run : runs) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-32s %-10s %9d %9d %s%n",
                    run.run,
                    run.state.name().toLowerCase(Locale.ROOT),
                    run.identities.getOrDefault("complete", 0L),
                    run.identities.getOrDefault("issued", 0L),
                    run.reason));
        }
        return table.toString().stripTrailing();
    }

    /** The run as people read it, its counts one a line. */
    String text() {
        StringBuilder text = new StringBuilder(run + " " + state.name().toLowerCase(Locale.ROOT));
        if (!reason.isEmpty()) {
            text.append(": ").append(reason);
        }
        identities.forEach((name, count) -> text.append(String.format("%n  %-12s %d", name, count)));
        return text.toString();
    }
}
