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
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;

/** Figures about a run's images or about a recogniser trained on them; metrics by the field's names in lower case. */
public record Evaluation(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @NotNull @JsonPropertyDescription("what was judged") EvaluationKind kind,

        @NotBlank @JsonPropertyDescription("recogniser that encoded")
        String model,

        @NotNull @Pattern(regexp = "|[A-Za-z0-9][A-Za-z0-9._-]*") @JsonPropertyDescription("version or benchmark that was judged; empty for live figures")
        String subject,

        @Min(0) @JsonPropertyDescription("identities so far")
        int identities,

        @Min(0) @JsonPropertyDescription("images so far") int images,

        @NotNull @JsonPropertyDescription("name to figure: eer, fmr100, auc, accuracy, ...")
        Map<String, Double> metrics,

        @NotNull @JsonPropertyDescription("the report, where one is written")
        Optional<@Valid ObjectRef> report)
        implements Event {

    /** The subject of a recogniser's evaluation on the identities that were kept out of its training. */
    public static final String UNSEEN = "unseen";

    public Evaluation {
        metrics = metrics == null ? null : Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    @Override
    @JsonIgnore
    public String discriminator() {
        return Json.MAPPER.convertValue(kind, String.class) + "/" + model + "/" + subject + "/" + identities;
    }
}
