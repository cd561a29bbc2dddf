package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.Names;

/** A run changed its state, or was extended. The topic is compacted: the latest event of a key is the run as it stands. */
public record RunEvent(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @NotNull @JsonPropertyDescription("where the run stands")
        RunState state,

        @NotNull @JsonPropertyDescription("why it ended, where it did not complete; else empty")
        String reason,

        @Min(0) @JsonPropertyDescription("images of each identity (M); 0 where the run makes no dataset")
        int images,

        @Min(0) @JsonPropertyDescription("identities in the dataset (N); 0 where the run makes no dataset")
        int identities)
        implements Event {

    @Override
    @JsonIgnore
    public String discriminator() {
        return Json.MAPPER.convertValue(state, String.class) + "-" + identities;
    }
}
