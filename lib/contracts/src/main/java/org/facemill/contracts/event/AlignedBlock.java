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
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.contracts.schema.TileSize;

/** Work for the splitter: a grid of exactly M crops of 112x112 pixels. */
public record AlignedBlock(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotNull @Valid @JsonPropertyDescription("PNG of the grid of crops")
        ObjectRef block,

        @NotNull @Valid @JsonPropertyDescription("JSON: box, points, score and treatment of each image")
        ObjectRef details,

        @NotNull @Valid @TileSize(AlignedBlock.CROP_SIZE)
        @JsonPropertyDescription("how crops lie in the grid: count is images, no more and no less")
        Grid grid,

        @NotNull @Valid @JsonPropertyDescription("who made the images, and how")
        Origin origin,

        @Min(1) @Max(1024) @JsonPropertyDescription("images wanted in the dataset (M): those of the grid, no more and no less")
        int images,

        @NotNull @JsonPropertyDescription("reference points that the crops are aligned to")
        Landmarks landmarks,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("recogniser that encodes the crops: reference, or a folder in the models bucket")
        String encoder,

        @NotNull @Pattern(regexp = TOPIC_PATTERN) @JsonPropertyDescription("topic for the crops")
        String nextTopic,

        @NotNull @Size(min = 0) @JsonPropertyDescription(
                "topics for the results of the stages after: the first is next_topic of this stage's result, the others its later_topics")
        List<@Pattern(regexp = TOPIC_PATTERN) String> laterTopics)
        implements RoutedEvent {

    /** Width and height of a crop in pixels, whoever aligned it. */
    public static final int CROP_SIZE = 112;

    public AlignedBlock {
        laterTopics = laterTopics == null ? null : List.copyOf(laterTopics);
    }

    /** The block of a raw block's aligned images: what is for later stages is handed on. */
    public static AlignedBlock of(RawBlock raw, ObjectRef block, ObjectRef details, Grid grid, Implementation aligner) {
        return new AlignedBlock(
                raw.run(),
                raw.ordinal(),
                raw.attempt(),
                block,
                details,
                grid,
                raw.origin().alignedBy(aligner),
                raw.images(),
                raw.alignment().landmarks(),
                raw.encoder(),
                raw.topicAfterNext(),
                raw.topicsAfterThat());
    }
}
