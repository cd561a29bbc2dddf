package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.run.Alignment;

/** Work for an aligner: a grid of images of one identity, as sampled. */
public record RawBlock(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotNull @Valid @JsonPropertyDescription("PNG of the grid")
        ObjectRef block,

        @NotNull @Valid @JsonPropertyDescription("how images lie in it")
        Grid grid,

        @Min(1) @Max(1024) @JsonPropertyDescription("images wanted in the dataset (M), of the grid.count that there are")
        int images,

        @NotNull @Valid @JsonPropertyDescription("how the images are aligned")
        Alignment alignment,

        @NotNull @Valid @JsonPropertyDescription("what made the images")
        Origin origin,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("recogniser that encodes the crops: reference, or a folder in the models bucket")
        String encoder,

        @NotNull @Pattern(regexp = TOPIC_PATTERN) @JsonPropertyDescription("topic for the aligned block")
        String nextTopic,

        @NotNull @Size(min = 1) @JsonPropertyDescription(
                "topics for the results of the stages after: the first is next_topic of this stage's result, the others its later_topics")
        List<@Pattern(regexp = TOPIC_PATTERN) String> laterTopics)
        implements RoutedEvent {

    public RawBlock {
        laterTopics = laterTopics == null ? null : List.copyOf(laterTopics);
    }

    /** The block of a context's images: what is for later stages is handed on. */
    public static RawBlock of(IdentityContext context, ObjectRef block, Grid grid, Origin origin) {
        return new RawBlock(
                context.run(),
                context.ordinal(),
                context.attempt(),
                block,
                grid,
                context.images(),
                context.alignment(),
                origin,
                context.encoder(),
                context.topicAfterNext(),
                context.topicsAfterThat());
    }
}
