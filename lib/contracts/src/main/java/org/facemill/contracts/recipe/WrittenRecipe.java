package org.facemill.contracts.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.RecipeException.Fault;
import org.facemill.contracts.schema.Schemas;

/**
 * What a user wrote, with defaults filled in, and all that is found wrong with it until it is {@link #accepted}: a recipe is
 * refused once, with every fault.
 *
 * @param <T> what it becomes
 */
public final class WrittenRecipe<T> {

    /** JSON is YAML too. */
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Class<T> type;
    private final ObjectNode tree;
    private final List<Fault> faults;

    private WrittenRecipe(Class<T> type, ObjectNode tree, List<Fault> faults) {
        this.type = type;
        this.tree = tree;
        this.faults = faults;
    }

    /**
     * A text as a tree.
     *
     * @throws RecipeException where the text is neither YAML nor JSON, or gives a key twice
     */
    public static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of(new Fault(
                    "$",
                    "no valid YAML or JSON: " + e.getOriginalMessage() + ", line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()))));
        }
    }

    /**
     * What was written, over what holds where it says nothing; old spellings and departures from the schema are its first
     * faults.
     *
     * @param defaults of a recipe, by what is written
     * @throws RecipeException where it is no object
     */
    public static <T> WrittenRecipe<T> read(
            JsonNode written,
            OldSpellings oldSpellings,
            UnaryOperator<ObjectNode> defaults,
            Class<T> type,
            String schema) {
        if (!written.isObject()) {
            throw new RecipeException(List.of(new Fault("$", "a recipe is an object of fields")));
        }
        ObjectNode read = written.deepCopy();
        List<Fault> faults = oldSpellings.takeOutOf(read);
        ObjectNode tree = Json.merged(defaults.apply(read), read);
        Schemas.of(schema).faults(tree).forEach(f -> faults.add(new Fault(f.path(), f.message())));
        return new WrittenRecipe<>(type, tree, faults);
    }

    /**
     * What stands at a path, to be checked further; empty where a fault lies there, below or above.
     *
     * @param path of fields alone, such as {@code $.sampling.model}
     */
    public <V> Optional<V> sound(String path, Class<V> as) {
        if (faults.stream().anyMatch(fault -> isWithin(fault.path(), path) || isWithin(path, fault.path()))) {
            return Optional.empty();
        }
        return Optional.of(Json.MAPPER.convertValue(tree.at(path.substring(1).replace('.', '/')), as));
    }

    private static boolean isWithin(String path, String whole) {
        return path.equals(whole) || path.startsWith(whole + ".") || path.startsWith(whole + "[");
    }

    /** Notes a fault. */
    public void refuse(String path, String message) {
        faults.add(new Fault(path, message));
    }

    /**
     * The recipe.
     *
     * @throws RecipeException naming every fault that was found
     */
    public T accepted() {
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
        try {
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of(new Fault("$", e.getOriginalMessage())));
        }
    }
}
