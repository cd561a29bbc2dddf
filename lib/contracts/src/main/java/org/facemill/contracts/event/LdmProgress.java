package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;

/** How far the training of a generator is. */
public record LdmProgress(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("name of the training")
        String run,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("name of the generator")
        String model,

        @NotBlank @JsonPropertyDescription("autoencoder, encode or denoiser: one comes after the other")
        String stage,

        @Min(0) @JsonPropertyDescription("steps of the stage that are done, or pictures where it encodes")
        long step,

        @Min(1) @JsonPropertyDescription("steps of the stage")
        long steps,

        @NotNull @JsonPropertyDescription("name to figure: loss, lr, error (of the autoencoder, 0 to 255)")
        Map<String, Double> metrics,

        @Min(0) @JsonPropertyDescription("steps per second since the last event")
        double stepsPerSecond,

        @Min(0) @JsonPropertyDescription("estimated seconds to the end of the stage")
        double secondsLeft,

        @NotNull @JsonPropertyDescription("PNG of what the generator samples, where it was made since the last event")
        Optional<@Valid ObjectRef> samples)
        implements LdmEvent {

    public LdmProgress {
        metrics = metrics == null ? null : Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    @Override
    @JsonIgnore
    public String discriminator() {
        return model + "/" + stage + "/" + step;
    }
}
