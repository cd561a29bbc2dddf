package org.facemill.context.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.RecipeException.Fault;
import org.facemill.contracts.recipe.WrittenRecipe;

/** What a run is extended to. */
@Schema(description = "What a run is extended to")
public record RunExtension(
        @Schema(description = "identities in the dataset, more than the run has", examples = "48", required = true)
        int identities) {

    private static final String IDENTITIES = "identities";

    /** @throws RecipeException naming every fault of what was written */
    static RunExtension parse(String text) {
        JsonNode written = WrittenRecipe.tree(text);
        List<Fault> faults = new ArrayList<>();
        written.fieldNames().forEachRemaining(field -> {
            if (!field.equals(IDENTITIES)) {
                faults.add(new Fault("$." + field, "unknown; a run is extended by " + IDENTITIES));
            }
        });
        JsonNode identities = written.path(IDENTITIES);
        if (!identities.canConvertToInt() || !identities.isIntegralNumber()) {
            faults.add(new Fault("$." + IDENTITIES, "expected a whole number"));
        }
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
        return new RunExtension(identities.intValue());
    }
}
