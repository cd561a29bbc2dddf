package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.facemill.contracts.registry.Chosen;
import org.facemill.contracts.registry.Kind;

/**
 * All that decides what a run makes: the same recipe gives the same dataset on one class of device.
 *
 * <p>Every field has a value here; what a user leaves out is filled in from the defaults by {@link Recipes}.
 */
public record Recipe(
        @Min(1) @Max(10_000_000) @JsonPropertyDescription("identities in the dataset (N)")
        int identities,

        @Min(1) @Max(1024) @JsonPropertyDescription("images of each identity (M)")
        int images,

        @JsonPropertyDescription("seed of all noise of the run")
        long seed,

        @NotNull @Chosen(Kind.CONTEXT_SOURCE) @JsonPropertyDescription("where the identities' contexts come from")
        ContextOrigin contexts,

        @NotNull Sampling sampling,
        @NotNull Alignment alignment,
        @NotNull Packing dataset,
        @NotNull TrainingPlan training,
        @NotNull EvaluationPlan evaluation,

        @Min(0) @JsonPropertyDescription("failed or discarded identities after which the run ends as failed; default N/10 + 20")
        int maxFailures) {}
