package org.facemill.contracts.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
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
        notFinite(tree, "$", faults);
        return new WrittenRecipe<>(type, tree, faults);
    }

    /** A number that is too large for a double is infinite, and within no bound that a schema may lack. */
    private static void notFinite(JsonNode node, String path, List<Fault> faults) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            faults.add(new Fault(path, node.asText() + " given, expected a number"));
        }
        node.properties().forEach(field -> notFinite(field.getValue(), path + "." + field.getKey(), faults));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            notFinite(node.get(i), path + "[" + i + "]", faults);
        }
    }

    /** A recipe that was read before, to be checked again: an event brought it. */
    public static <T> WrittenRecipe<T> of(T recipe, Class<T> type) {
        return new WrittenRecipe<>(type, Json.MAPPER.valueToTree(recipe), new ArrayList<>());
    }

    /** Whether anything stands at a path, be it right or wrong. */
    public boolean has(String path) {
        return !at(path).isMissingNode() && !at(path).isNull();
    }

    private JsonNode at(String path) {
        return tree.at(path.substring(1).replace('.', '/'));
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
        try {
            return Optional.ofNullable(Json.MAPPER.convertValue(at(path), as));
        } catch (IllegalArgumentException e) {
            refuse(path, reason(e));
            return Optional.empty();
        }
    }

    /** What the deepest cause says: values check themselves as they are made. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
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
            throw new RecipeException(List.of(new Fault("$", reason(e))));
        }
    }
}
