package org.facemill.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import jakarta.validation.constraints.Pattern;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.contracts.registry.Chosen;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Vocabulary;
import org.facemill.contracts.schema.TileSize;

/** Derives JSON Schemas from the records, so that the two cannot part; SchemasTest compares and can rewrite the files. */
final class SchemaGenerator {

    private static final NamingBase SNAKE_CASE = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    static final String DEFINITIONS = "#/$defs/";

    private SchemaGenerator() {}

    static ObjectNode schema(Class<?> record, String name, boolean closed) {
        var builder = new SchemaGeneratorConfigBuilder(
                        Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.PLAIN_DEFINITION_KEYS)
                .without(Option.FLATTENED_OPTIONALS)
                .with(new JakartaValidationModule())
                .with(new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY, JacksonOption.RESPECT_JSONPROPERTY_ORDER));
        if (closed) {
            builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        }
        builder.forTypesInGeneral()
                .withDefinitionNamingStrategy((type, context) ->
                        SNAKE_CASE.translate(type.getType().getErasedType().getSimpleName()));
        builder.forFields()
                .withCustomDefinitionProvider((field, context) -> chosen(field))
                .withInstanceAttributeOverride((node, field, context) -> {
                    TileSize size = field.getAnnotation(TileSize.class);
                    if (size != null) {
                        node.withObject("/properties/tile_size").put("const", size.value());
                    }
                })
                .withPropertyNameOverrideResolver(
                        field -> field.getAnnotationConsideringFieldAndGetter(JsonProperty.class) == null
                                        && !field.isFakeContainerItemScope()
                                ? SNAKE_CASE.translate(field.getDeclaredName())
                                : null)
                .withRequiredCheck(field -> field.getType().getErasedType() != Optional.class)
                // in a recipe a field can only be left out: whoever misspells a value is not to be told of null, too
                .withNullableCheck(field -> !closed && field.getType().getErasedType() == Optional.class)
                .withTargetTypeOverridesResolver(field -> field.getType().getErasedType() == Optional.class
                        ? List.of(field.getType().getTypeParameters().get(0))
                        : null)
                // jakarta's patterns match the whole string, JSON Schema's any part of it
                .withStringPatternResolver(field -> {
                    Pattern pattern = field.getAnnotationConsideringFieldAndGetter(Pattern.class);
                    if (pattern == null && field.isFakeContainerItemScope()) {
                        pattern = field.getContainerItemAnnotation(Pattern.class);
                    }
                    return pattern == null ? null : "^(?:" + pattern.regexp() + ")$";
                });
        ObjectNode schema =
                new com.github.victools.jsonschema.generator.SchemaGenerator(builder.build()).generateSchema(record);
        ObjectNode named = titled(name);
        schema.remove("$schema");
        JsonNode definitions = schema.remove("$defs");
        named.setAll(schema);
        define(named, (ObjectNode) definitions, closed);
        return named;
    }

    static ObjectNode titled(String name) {
        return Json.MAPPER
                .createObjectNode()
                .put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier())
                .put("$id", "https://facemill.org/schemas/" + name + ".json")
                .put("title", "facemill." + name);
    }

    /** The reference of a field that holds a choice, or of its items if it is a list; null for others. */
    private static CustomPropertyDefinition chosen(FieldScope field) {
        Chosen chosen = field.isFakeContainerItemScope()
                ? field.getContainerItemAnnotation(Chosen.class)
                : field.getAnnotation(Chosen.class);
        if (chosen == null || field.getType().isInstanceOf(List.class)) {
            return null;
        }
        ObjectNode reference = Json.MAPPER
                .createObjectNode()
                .put("$ref", DEFINITIONS + chosen.value().key());
        JsonPropertyDescription description = field.getAnnotation(JsonPropertyDescription.class);
        if (description != null && !field.isFakeContainerItemScope()) {
            reference.put("description", description.value());
        }
        return new CustomPropertyDefinition(reference, AttributeInclusion.NO);
    }

    private static void define(ObjectNode schema, ObjectNode definitions, boolean closed) {
        ObjectNode all = definitions == null ? Json.MAPPER.createObjectNode() : definitions;
        all.forEach(definition -> unwrap((ObjectNode) definition));
        List<String> references = Stream.concat(
                        schema.findValuesAsText("$ref").stream(), all.findValuesAsText("$ref").stream())
                .toList();
        for (Kind kind : Kind.values()) {
            if (references.contains(DEFINITIONS + kind.key()) && !all.has(kind.key())) {
                Vocabulary vocabulary = Vocabulary.of(kind);
                all.set(kind.key(), closed ? vocabulary.schema() : vocabulary.openSchema());
            }
        }
        if (!all.isEmpty()) {
            schema.set("$defs", all);
        }
    }

    /** An object with the fields of others in it becomes one with all of them, so that it can be closed. */
    private static void unwrap(ObjectNode definition) {
        JsonNode parts = definition.remove("allOf");
        if (parts != null) {
            for (JsonNode part : parts) {
                definition.withObject("/properties").setAll((ObjectNode) part.get("properties"));
                Set<String> required = new LinkedHashSet<>();
                definition.withArray("required").forEach(field -> required.add(field.asText()));
                part.get("required").forEach(field -> required.add(field.asText()));
                required.forEach(definition.putArray("required")::add);
            }
        }
    }
}
