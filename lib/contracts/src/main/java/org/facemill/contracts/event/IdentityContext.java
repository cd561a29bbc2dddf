package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.run.Alignment;
import org.facemill.contracts.recipe.run.Sampling;

/** Work for a sampler: make images of one identity. All noise comes from seed, ordinal, image number and step. */
public record IdentityContext(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @JsonPropertyDescription("seed of all noise of the run")
        long seed,

        @NotNull @Size(min = IdentityContext.DIMENSION, max = IdentityContext.DIMENSION) @JsonPropertyDescription(
                "the identity: 512 numbers as their source has them; their direction counts, and their length where a model says so")
        float[] context,

        @Min(1) @Max(1024) @JsonPropertyDescription("images wanted in the dataset (M); the sampler makes M + sampling.spare")
        int images,

        @NotNull @Valid @JsonPropertyDescription("how the images are made")
        Sampling sampling,

        @NotNull @Valid @JsonPropertyDescription("how they are aligned: for the stage after, handed on")
        Alignment alignment,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("recogniser that encodes the crops: reference, or a folder in the models bucket")
        String encoder,

        @NotNull @Pattern(regexp = TOPIC_PATTERN) @JsonPropertyDescription("topic for the raw block")
        String nextTopic,

        @NotNull @Size(min = 2) @JsonPropertyDescription(
                "topics for the results of the stages after: the first is next_topic of this stage's result, the others its later_topics")
        List<@Pattern(regexp = TOPIC_PATTERN) String> laterTopics)
        implements RoutedEvent {

    /** Numbers of a context. */
    public static final int DIMENSION = 512;

    public IdentityContext {
        laterTopics = laterTopics == null ? null : List.copyOf(laterTopics);
    }
}
