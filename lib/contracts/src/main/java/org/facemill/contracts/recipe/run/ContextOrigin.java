package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Where the identities' contexts come from. */
public record ContextOrigin(
        @NotNull @JsonPropertyDescription(
                "uniform: directions uniform on the sphere, from the seed; file: rows of a contexts file")
        ContextSource source,

        @NotNull @Pattern(regexp = "|[A-Za-z0-9][A-Za-z0-9._-]*") @JsonPropertyDescription("object in the contexts bucket, where source is file; else empty")
        String file) {}
