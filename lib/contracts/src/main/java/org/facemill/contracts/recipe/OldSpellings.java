package org.facemill.contracts.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.facemill.contracts.recipe.RecipeException.Fault;

/**
 * Spellings of earlier versions, which are refused with the new one named: keys in camel case, whatever they are, and those
 * that are listed. Paths are of fields alone, without {@code $.}.
 */
public final class OldSpellings {

    private static final NamingBase SNAKE_CASE = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z0-9]+([A-Z][a-z0-9]*)+");

    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Map<String, String>> values = new HashMap<>();
    private final Map<String, String> scalars = new HashMap<>();

    /** A key that has become another one, at its path or elsewhere. */
    public OldSpellings key(String path, String now) {
        keys.put(path, now);
        return this;
    }

    /** A value that is written otherwise now; in lower case. */
    public OldSpellings value(String path, String old, String now) {
        values.computeIfAbsent(path, p -> new HashMap<>()).put(old, now);
        return this;
    }

    /** A text or number where there is an object now; {@code now} is a format of the old value. */
    public OldSpellings scalar(String path, String now) {
        scalars.put(path, now);
        return this;
    }

    /** Removes old spellings from a recipe, so that each is reported once. */
    List<Fault> takeOutOf(ObjectNode recipe) {
        List<Fault> faults = new ArrayList<>();
        takeOutOf(recipe, "", faults);
        return faults;
    }

    private void takeOutOf(ObjectNode object, String prefix, List<Fault> faults) {
        for (Map.Entry<String, JsonNode> field : object.deepCopy().properties()) {
            String key = field.getKey();
            String now = CAMEL_CASE.matcher(key).matches() ? SNAKE_CASE.translate(key) : key;
            String path = prefix + now;
            Optional<String> fault = keys.containsKey(path)
                    ? Optional.of("is " + keys.get(path) + " now")
                    : now.equals(key) ? value(path, field.getValue()) : Optional.of("is spelt " + now + " now");
            if (fault.isPresent()) {
                faults.add(new Fault("$." + prefix + key, fault.get()));
                object.remove(key);
            } else {
                objects(object.get(key)).forEach(inner -> takeOutOf(inner, path + ".", faults));
            }
        }
    }

    private static List<ObjectNode> objects(JsonNode value) {
        List<ObjectNode> objects = new ArrayList<>();
        if (value instanceof ObjectNode object) {
            objects.add(object);
        } else {
            value.forEach(element -> objects.addAll(objects(element)));
        }
        return objects;
    }

    private Optional<String> value(String path, JsonNode value) {
        if (!value.isTextual() && !value.isNumber()) {
            return Optional.empty();
        }
        String now = values.getOrDefault(path, Map.of()).get(value.asText().toLowerCase(Locale.ROOT));
        if (now == null && scalars.containsKey(path)) {
            now = String.format(scalars.get(path), value.asText());
        }
        return Optional.ofNullable(now).map(spelling -> "'" + value.asText() + "' is written " + spelling + " now");
    }
}
