package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.run.Landmarks;

/** One identity's crops are stored. */
public record Crops(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotNull @Valid @JsonPropertyDescription("tar of the crops as PNG, named 0.png, 1.png, ...")
        ObjectRef archive,

        @NotEmpty @JsonPropertyDescription("SHA-256 of each crop's decoded pixels, in order")
        List<@Pattern(regexp = "[0-9a-f]{64}") String> pixelSha256,

        @NotNull @Valid @JsonPropertyDescription("what made the images")
        Origin origin,

        @NotNull @JsonPropertyDescription("reference points that the crops are aligned to")
        Landmarks landmarks,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("recogniser that encodes the crops: reference, or a folder in the models bucket")
        String encoder)
        implements IdentityEvent {

    public Crops {
        pixelSha256 = pixelSha256 == null ? null : List.copyOf(pixelSha256);
    }

    /** The crops of an aligned block: what is for later stages is handed on. */
    public static Crops of(AlignedBlock aligned, ObjectRef archive, List<String> pixelSha256) {
        return new Crops(
                aligned.run(),
                aligned.ordinal(),
                aligned.attempt(),
                archive,
                pixelSha256,
                aligned.origin(),
                aligned.landmarks(),
                aligned.encoder());
    }
}
