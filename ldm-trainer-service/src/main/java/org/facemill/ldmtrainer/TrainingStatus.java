package org.facemill.ldmtrainer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.LdmProgress;

/** A training as its users see it. */
@Schema(description = "A generator's training")
public record TrainingStatus(
        @Schema(description = "its name") String run,

        @Schema(description = "name of the generator: its folder in the bucket models")
        String model,

        @Schema(
                description =
                        "where it stands; training: a trainer has it, and one that died has it until another takes over")
        State state,

        @Schema(description = "why it failed; else empty") String reason,

        @Schema(description = "absent until a trainer has told of it")
        Optional<Progress> progress,

        @Schema(description = "key of the latest sample grid in the bucket runs; absent until there is one")
        Optional<String> samples,

        @Schema(description = "the finished model; else empty")
        List<ObjectRef> files) {

    /** Where a training stands. */
    public enum State {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("training")
        TRAINING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    /** A training's progress, as its trainer last reported it. */
    @Schema(description = "What a trainer told last; it does so every few seconds while it trains")
    public record Progress(
            @Schema(description = "embed, autoencoder, encode, decoder or denoiser: one comes after the other")
            String stage,

            @Schema(description = "steps of the stage that are done, or pictures where it embeds or encodes")
            long step,

            @Schema(description = "steps of the stage") long steps,
            @Schema(description = "steps per second") double rate,

            @Schema(description = "estimated seconds to the end of the stage") @JsonProperty("seconds_left")
            double secondsLeft,

            @Schema(description = "loss and lr of the denoiser, error of the autoencoder (0 to 255)")
            Map<String, Double> metrics,

            @Schema(description = "when it was told") Instant told) {

        static Progress of(TrainingReporter.Report report) {
            LdmProgress last = report.last();
            return new Progress(
                    last.stage(),
                    last.step(),
                    last.steps(),
                    last.stepsPerSecond(),
                    last.secondsLeft(),
                    last.metrics(),
                    Instant.ofEpochMilli(report.millis()));
        }
    }
}
