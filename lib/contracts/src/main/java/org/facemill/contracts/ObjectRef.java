package org.facemill.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

/** A claim check: where a large thing lies, and the hash by which its reader knows that it is whole. */
public record ObjectRef(
        @NotBlank @JsonPropertyDescription("bucket in the object store")
        String bucket,

        @NotBlank @JsonPropertyDescription("object key within the bucket")
        String key,

        @Pattern(regexp = "[0-9a-f]{64}") @JsonPropertyDescription("SHA-256 of the object's bytes")
        String sha256) {}
