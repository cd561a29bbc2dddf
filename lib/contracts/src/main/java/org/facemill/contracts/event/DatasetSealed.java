package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.run.EvaluationPlan;
import org.facemill.contracts.recipe.run.TrainingPlan;

/** A version of the dataset is packed, and will not change. */
public record DatasetSealed(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(1) @JsonPropertyDescription("version of the dataset, from 1")
        int version,

        @Min(1) @JsonPropertyDescription("identities in it") int identities,

        @Min(1) @JsonPropertyDescription("images of each identity, without copies")
        int images,

        @NotNull @Valid @JsonPropertyDescription("manifest.json of the version; the formats lie beside it")
        ObjectRef manifest,

        @NotNull @Pattern(regexp = "[0-9a-f]{64}") @JsonPropertyDescription("digest of the dataset")
        String digest,

        @NotNull @Valid @JsonPropertyDescription("JSON list of its identities, as in the request")
        ObjectRef members,

        @NotNull @Valid @JsonPropertyDescription("how a recogniser is trained on it")
        TrainingPlan training,

        @NotNull @Valid @JsonPropertyDescription("how it is judged")
        EvaluationPlan evaluation)
        implements VersionEvent {}
