package org.facemill.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.facemill.cli.conformance.Examination.Kind;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;

/** The recipe that a plug-in is examined with. */
public final class ExaminationRecipe {

    /** Beyond 2^53, which not every language's numbers hold. */
    private static final String DEFAULT =
            "{identities: 1, images: 2, seed: 9007199254740993, sampling: {sampler: painter, spare: 1}}";

    private ExaminationRecipe() {}

    /**
     * A recipe that names the plug-in.
     *
     * @param text as a user wrote it, YAML or JSON; empty for the usual one
     */
    public static Recipe of(Kind kind, String name, Optional<String> text) {
        JsonNode written = WrittenRecipe.tree(text.orElse(DEFAULT));
        if (written instanceof ObjectNode recipe) {
            switch (kind) {
                case SAMPLER -> recipe.withObject("/sampling").put("sampler", name);
                case ALIGNER -> recipe.withObject("/alignment").put("aligner", name);
                case EVALUATOR -> {}
            }
        }
        return Recipes.parse(written);
    }
}
