package org.facemill.diffusion.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.generator.ModelSampling;

/** The part {@code sampling} of a model's configuration; what it leaves out is as usual, and what it misspells is refused. */
final class SamplingSection {

    private static final ObjectMapper STRICT =
            Json.MAPPER.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    /** Spellings of version 0.1. */
    private static final Map<String, String> RENAMED =
            Map.of("guidance_scale", "guidance: {scale: ...}", "guidance_below", "guidance: {to: ...}");

    private SamplingSection() {}

    static ModelSampling read(Path folder, JsonNode written) {
        if (written.isMissingNode() || written.isNull()) {
            return ModelSampling.USUAL;
        }
        String where = folder + ": `sampling` of its configuration ";
        if (!(written instanceof ObjectNode fields)) {
            throw new IllegalArgumentException(where + "is " + written + ", expected fields such as method and steps");
        }
        RENAMED.forEach((old, now) -> {
            if (fields.has(old)) {
                throw new IllegalArgumentException(where + "has " + old + ", which is written " + now + " now");
            }
        });
        if (fields.path("guidance").isNumber()) {
            throw new IllegalArgumentException(where + "has guidance: " + fields.get("guidance")
                    + ", which is written guidance: {scale: " + fields.get("guidance") + "} now");
        }
        try {
            return STRICT.treeToValue(
                    Json.merged(Json.MAPPER.valueToTree(ModelSampling.USUAL), fields), ModelSampling.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    where + "has no field `" + e.getPropertyName() + "`, but " + new TreeSet<>(e.getKnownPropertyIds()),
                    e);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException wrong
                    ? wrong.getMessage()
                    : e.getOriginalMessage();
            throw new IllegalArgumentException(where + "is not usable: " + reason, e);
        }
    }
}
