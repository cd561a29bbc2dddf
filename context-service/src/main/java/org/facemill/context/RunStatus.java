package org.facemill.context;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/** A run as its users see it. */
@Schema(description = "A run")
public record RunStatus(
        @Schema(description = "its name") String run,
        @Schema(description = "where it stands") RunState state,

        @Schema(description = "why it ended, where it did not complete; else empty")
        String reason,

        Identities identities,

        @Schema(description = "versions of the dataset that the recipe asks for")
        int versions,

        @Schema(description = "what each stage has done, in the order of the pipeline")
        List<Stage> stages,

        Instant started,
        @Schema(description = "absent until it ends") Optional<Instant> ended) {

    /** The ledger's counts. */
    @Schema(description = "Always: issued = complete + discarded + failed + surplus + cancelled + in_flight")
    public record Identities(
            @Schema(description = "identities in the dataset")
            long wanted,

            long issued,
            long complete,
            long discarded,
            long failed,
            long surplus,
            long cancelled,
            @JsonProperty("in_flight") long inFlight) {}

    /** What one stage has done. */
    public record Stage(
            String stage,
            long done,

            @Schema(description = "how much there is to do; 0 where that is not known yet")
            long total,

            String unit,

            @Schema(description = "units per second since the run began")
            double rate) {}

    static RunStatus of(Run run, List<Version> versions, long judgements, Instant now) {
        Recipe recipe = Documents.read(run.recipe, Recipe.class);
        double seconds = Math.max(
                1,
                Duration.between(run.startedAt, Optional.ofNullable(run.endedAt).orElse(now))
                        .toSeconds());
        List<Stage> stages = new ArrayList<>();
        stages.add(stage("sampled", run.sampled, Math.max(run.identities, run.issued), "identities", seconds));
        stages.add(stage("aligned", run.aligned, run.identities, "identities", seconds));
        stages.add(stage("cropped", run.cropped, run.identities, "identities", seconds));
        stages.add(stage("encoded", run.encoded, run.identities, "identities", seconds));
        stages.add(stage(
                "sealed",
                versions.stream().filter(v -> v.state == Version.State.SEALED).count(),
                versions.size(),
                "versions",
                seconds));
        int trials = 0;
        if (recipe.training().enabled()) {
            stages.add(stage(
                    "trained",
                    versions.stream().mapToLong(v -> v.stepsDone).sum(),
                    versions.stream().mapToLong(v -> v.steps).sum(),
                    "steps",
                    seconds));
            trials = Judgement.trials(recipe);
        }
        stages.add(stage("evaluated", judgements, (long) versions.size() * (1 + trials), "evaluations", seconds));
        return new RunStatus(
                run.name,
                run.state,
                run.reason,
                new Identities(
                        run.identities,
                        run.issued,
                        run.complete,
                        run.discarded,
                        run.failed,
                        run.surplus,
                        run.cancelled,
                        run.inFlight()),
                versions.size(),
                List.copyOf(stages),
                run.startedAt,
                Optional.ofNullable(run.endedAt));
    }

    private static Stage stage(String name, long done, long total, String unit, double seconds) {
        return new Stage(name, done, total, unit, done / seconds);
    }
}
