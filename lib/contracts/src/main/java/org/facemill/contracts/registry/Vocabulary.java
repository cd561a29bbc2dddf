package org.facemill.contracts.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Json;

/**
 * The names that recipes may use for one kind, and the parameters of each: those of the published {@code vocabulary.json}, so
 * that recipes can be checked where the implementations are not on the class path, and those of the registrations that are.
 */
public final class Vocabulary {

    /** The published vocabulary, beside the schemas. */
    public static final String FILE = "vocabulary.json";

    private static final String DESCRIPTION = "description";
    private static final String PARAMETERS = "parameters";
    private static final String DEFAULT = "default";

    private final Kind kind;
    private final ObjectNode entries;

    private Vocabulary(Kind kind, ObjectNode entries) {
        this.kind = kind;
        this.entries = entries;
    }

    /** All names of a kind. */
    public static Vocabulary of(Kind kind) {
        return new Vocabulary(kind, Json.merged(published(kind).entries, found(kind).entries));
    }

    /** Those that are published. */
    public static Vocabulary published(Kind kind) {
        return new Vocabulary(kind, (ObjectNode) Json.resource(FILE).get(kind.key()));
    }

    /** Those of the registrations on the class path. */
    public static Vocabulary found(Kind kind) {
        ObjectNode entries = Json.MAPPER.createObjectNode();
        for (Registered registered : Registry.find(Thread.currentThread().getContextClassLoader())) {
            if (registered.kind() == kind) {
                ObjectNode entry = entries.putObject(registered.name()).put(DESCRIPTION, registered.description());
                if (kind.parameterised()) {
                    entry.set(PARAMETERS, ParameterSchemas.of(registered));
                }
            }
        }
        return new Vocabulary(kind, entries);
    }

    /** The names, in the order of their registration. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        entries.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Name and description of each, one a line, for help. */
    public String lines() {
        StringBuilder lines = new StringBuilder();
        entries.fields()
                .forEachRemaining(entry -> lines.append(entry.getKey())
                        .append(": ")
                        .append(entry.getValue().get(DESCRIPTION).textValue())
                        .append('\n'));
        return lines.toString();
    }

    /** Name to description and parameters, as published. */
    public JsonNode json() {
        return entries;
    }

    /**
     * What holds where a recipe's choice leaves parameters out: those of the usual choice where the recipe makes no other,
     * else the type's own; none where no such type is known.
     *
     * @param usual a choice
     * @param written the recipe's, or what stands in its place
     */
    public ObjectNode defaults(ObjectNode usual, JsonNode written) {
        String usualName = usual.get(kind.discriminator()).textValue();
        String name = written.path(kind.discriminator()).asText(usualName);
        ObjectNode defaults = Json.MAPPER.createObjectNode().put(kind.discriminator(), name);
        entries.path(name).path(PARAMETERS).properties().stream()
                .filter(parameter -> parameter.getValue().has(DEFAULT))
                .forEach(parameter ->
                        defaults.set(parameter.getKey(), parameter.getValue().get(DEFAULT)));
        return name.equals(usualName) ? Json.merged(defaults, usual) : defaults;
    }

    /** The schema of a choice in a recipe: one of the names, with its own parameters and no other. */
    public ObjectNode schema() {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (!kind.parameterised()) {
            names().forEach(schema.put(DESCRIPTION, lines().strip()).putArray("enum")::add);
            return schema;
        }
        schema.put("type", "object").put(DESCRIPTION, lines().strip());
        String discriminator = kind.discriminator();
        schema.putArray("required").add(discriminator);
        names().forEach(schema.putObject("properties").putObject(discriminator).putArray("enum")::add);
        ArrayNode cases = schema.putArray("allOf");
        for (Iterator<Map.Entry<String, JsonNode>> all = entries.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = all.next();
            ObjectNode one = cases.addObject();
            one.putObject("if").putObject("properties").putObject(discriminator).put("const", entry.getKey());
            ObjectNode then = one.putObject("then").put("additionalProperties", false);
            ObjectNode properties = then.putObject("properties");
            properties.put(discriminator, true);
            ObjectNode parameters = (ObjectNode) entry.getValue().get(PARAMETERS);
            properties.setAll(parameters);
            parameters.properties().stream()
                    .filter(parameter -> !parameter.getValue().has(DEFAULT))
                    .forEach(parameter -> then.withArray("required").add(parameter.getKey()));
        }
        return schema;
    }

    /**
     * The schema of a choice in an event, where readers of an older version may meet a newer name: recipes are checked when
     * they come in, and not again.
     */
    public ObjectNode openSchema() {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        ObjectNode name = schema;
        if (kind.parameterised()) {
            schema.put("type", "object").putArray("required").add(kind.discriminator());
            name = schema.putObject("properties").putObject(kind.discriminator());
        }
        names().forEach(name.put("type", "string").putArray("examples")::add);
        return schema;
    }
}
