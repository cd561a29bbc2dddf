package org.facemill.contracts.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Json;
import org.facemill.contracts.schema.Schemas;

/** How each crop of an aligned block was made. An aligner may add fields of its own. */
public record AlignedDetails(
        @NotEmpty @JsonPropertyDescription("the crops in the grid's order")
        List<@Valid Crop> images) {

    public static final String SCHEMA = "aligned-details.v1";

    public AlignedDetails {
        images = images == null ? null : List.copyOf(images);
    }

    /** How a crop was made from its image. */
    public enum Treatment {
        /** Warped so that the face's points lie on the reference points. */
        @JsonProperty("aligned")
        ALIGNED,
        /** Only resized, since a face was missing somewhere in the block. */
        @JsonProperty("resized")
        RESIZED
    }

    /** One crop. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Crop(
            @Min(0) @Max(4095) @JsonPropertyDescription("place of its image in the raw block, from 0")
            int tile,

            @NotNull @JsonPropertyDescription("how it was made of that image")
            Treatment treatment,

            @NotNull @JsonPropertyDescription("the face that was found in the image")
            Optional<@Valid FoundFace> face) {}

    /** A face as a detector found it, in the image's pixels. */
    public record FoundFace(
            @NotNull @Valid @JsonPropertyDescription("around the face; may reach beyond the image")
            Box box,

            @Min(0) @Max(1) @JsonPropertyDescription("how sure the detector is")
            float score,

            @NotNull @Size(min = 5, max = 5) @JsonPropertyDescription("left eye, right eye, nose, left and right corner of the mouth, as seen")
            List<@Valid Point> points) {}

    /** A rectangle: left, top, right, bottom. */
    public record Box(
            @JsonPropertyDescription("left edge, pixels") float x1,
            @JsonPropertyDescription("upper edge, pixels") float y1,
            @JsonPropertyDescription("right edge, pixels") float x2,
            @JsonPropertyDescription("lower edge, pixels") float y2) {}

    /** A point: from the left, from the top. */
    public record Point(
            @JsonPropertyDescription("from the left, pixels")
            float x,

            @JsonPropertyDescription("from the top, pixels") float y) {}

    /**
     * Reads details.
     *
     * @param name what messages call them
     * @throws IOException where they are no JSON or break the schema; names every fault
     */
    public static AlignedDetails read(byte[] json, String name) throws IOException {
        JsonNode tree;
        try {
            tree = Json.strict(json);
        } catch (IOException e) {
            throw new IOException(name + " is no JSON: " + e.getMessage(), e);
        }
        List<String> faults = Schemas.of(SCHEMA).faults(tree).stream()
                .map(fault -> fault.path() + ": " + fault.message())
                .toList();
        if (!faults.isEmpty()) {
            throw new IOException(name + " is no " + SCHEMA + ": " + String.join("; ", faults));
        }
        return Json.MAPPER.treeToValue(tree, AlignedDetails.class);
    }
}
