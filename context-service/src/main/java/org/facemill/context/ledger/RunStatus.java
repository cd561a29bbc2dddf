package org.facemill.context.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.contracts.event.RunState;

/** A run as its users see it. */
@Schema(description = "A run")
public record RunStatus(
        @Schema(description = "its name", examples = "20260102-030405-ab12")
        String run,

        @Schema(description = "where it stands") RunState state,

        @Schema(description = "why it ended, where it did not complete; else empty")
        String reason,

        Identities identities,

        @Schema(description = "versions of the dataset that the recipe asks for")
        int versions,

        @Schema(description = "what each stage has done, in the order of the pipeline")
        List<Stage> stages,

        Instant started,
        @Schema(description = "absent until it ends") Optional<Instant> ended,

        @Schema(
                description =
                        "what it may wait for in vain, such as a sampler that does not run; empty where nothing is known")
        List<String> warnings) {

    /** The ledger's counts. */
    @Schema(description = "Always: issued = complete + discarded + failed + surplus + cancelled + in_flight")
    public record Identities(
            @Schema(description = "identities in the dataset (N)")
            long wanted,

            @Schema(description = "identities whose context was announced")
            long issued,

            @Schema(description = "M crops are stored; those of the dataset")
            long complete,

            @Schema(description = "too few of their images aligned")
            long discarded,

            @Schema(description = "could not be worked on") long failed,

            @Schema(description = "complete, but N of lower ordinal are")
            long surplus,

            @Schema(description = "in flight when the run ended")
            long cancelled,

            @JsonProperty("in_flight") @Schema(description = "not ended yet")
            long inFlight) {}

    /** What one stage has done. */
    @Schema(description = "Never more is done than there is in total; of a completed run, all is")
    public record Stage(
            @Schema(examples = "sampled") String stage,

            @Schema(description = "each identity, step, version or evaluation counts once")
            long done,

            @Schema(
                    description =
                            "how much there is to do: of identities N, and one more for each that was lost after it had come so far; 0 where it is not known yet")
            long total,

            @Schema(description = "what is counted", examples = "identities")
            String unit,

            @Schema(description = "units per second since the run began")
            double rate) {}

    /** The same with warnings. */
    public RunStatus with(List<String> found) {
        return new RunStatus(run, state, reason, identities, versions, stages, started, ended, found);
    }

    static RunStatus of(Run run, List<DatasetVersion> versions, List<ExpectedEvaluation> evaluations, Instant now) {
        double seconds = Math.max(
                1, Duration.between(run.startedAt(), run.endedAt().orElse(now)).toSeconds());
        List<Stage> stages = new ArrayList<>();
        stages.add(identities("sampled", run, PipelineStage.SAMPLED, seconds));
        stages.add(identities("aligned", run, PipelineStage.ALIGNED, seconds));
        stages.add(identities("cropped", run, PipelineStage.CROPPED, seconds));
        stages.add(identities("encoded", run, PipelineStage.ENCODED, seconds));
        long sealed = versions.stream()
                .filter(v -> v.state() == DatasetVersion.State.SEALED)
                .count();
        stages.add(stage("sealed", sealed, versions.size(), "versions", seconds));
        if (versions.stream().anyMatch(DatasetVersion::toTrain)) {
            long done = versions.stream().mapToLong(DatasetVersion::stepsDone).sum();
            long steps = versions.stream().mapToLong(DatasetVersion::steps).sum();
            stages.add(stage("trained", done, steps, "steps", seconds));
        }
        long evaluated = evaluations.stream().filter(ExpectedEvaluation::done).count();
        stages.add(stage("evaluated", evaluated, evaluations.size(), "evaluations", seconds));
        return new RunStatus(
                run.name(),
                run.state(),
                run.reason(),
                run.counts(),
                versions.size(),
                List.copyOf(stages),
                run.startedAt(),
                run.endedAt(),
                List.of());
    }

    private static Stage identities(String name, Run run, PipelineStage stage, double seconds) {
        StageCount count = run.count(stage);
        return stage(name, count.done(), count.total(run.counts().wanted()), "identities", seconds);
    }

    private static Stage stage(String name, long done, long total, String unit, double seconds) {
        return new Stage(name, done, total, unit, done / seconds);
    }
}
