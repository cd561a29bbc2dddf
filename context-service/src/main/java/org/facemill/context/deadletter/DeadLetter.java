package org.facemill.context.deadletter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A record that a stage could not work on. */
@Schema(description = "A record that a stage could not work on")
record DeadLetter(
        @Schema(description = "where it lies: stage/partition/offset", examples = "aligner/0/17")
        String id,

        @Schema(description = "the stage that put it away") String stage,

        @Schema(description = "the topic that it came from; empty where the stage did not say")
        String topic,

        @Schema(
                description =
                        "partition/offset in that topic; empty where long work failed after its record was acknowledged")
        String position,

        @Schema(description = "its key; empty where it has none")
        String key,

        @Schema(description = "it was put away") Instant when,

        @Schema(description = "why") String reason,

        @Schema(description = "it was last sent again; absent where it was not")
        Optional<Instant> replayed,

        @Schema(description = "it was dismissed; absent where it was not")
        Optional<Instant> dismissed,

        @Schema(description = "as text: those of the record as it came, and why it was put away")
        Map<String, String> headers) {

    /** Whether it is about a run or one of its identities. */
    boolean isOf(String run) {
        return key.equals(run) || key.startsWith(run + "/");
    }
}
