package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;

/** One identity's crops are encoded by a recogniser. */
public record IdentityEmbeddings(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotBlank @JsonPropertyDescription("recogniser that encoded")
        String model,

        @NotNull @Valid @JsonPropertyDescription(".npy, float32 [images, dimension]")
        ObjectRef embeddings,

        @Min(1) @JsonPropertyDescription("rows") int images,
        @Min(1) @JsonPropertyDescription("columns") int dimension)
        implements IdentityEvent {}
