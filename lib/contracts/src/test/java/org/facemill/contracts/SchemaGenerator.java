package org.facemill.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/** Derives JSON Schemas from the records, so that the two cannot part; SchemasTest compares and can rewrite the files. */
final class SchemaGenerator {

    private static final NamingBase SNAKE_CASE = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    private SchemaGenerator() {}

    static JsonNode schema(Class<?> record, String name, boolean closed) {
        var builder = new SchemaGeneratorConfigBuilder(
                        Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .without(Option.FLATTENED_OPTIONALS)
                .with(new JakartaValidationModule())
                .with(new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY, JacksonOption.RESPECT_JSONPROPERTY_ORDER));
        if (closed) {
            builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        }
        builder.forFields()
                .withPropertyNameOverrideResolver(
                        field -> field.getAnnotationConsideringFieldAndGetter(JsonProperty.class) == null
                                        && !field.isFakeContainerItemScope()
                                ? SNAKE_CASE.translate(field.getDeclaredName())
                                : null)
                .withRequiredCheck(field -> field.getType().getErasedType() != Optional.class)
                // enums can only be left out: whoever misspells one is not to be told of null, too
                .withNullableCheck(field -> field.getType().getErasedType() == Optional.class
                        && !field.getType().getTypeParameters().get(0).isInstanceOf(Enum.class))
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
        ObjectNode named = Json.MAPPER.createObjectNode();
        named.set("$schema", schema.remove("$schema"));
        named.put("$id", "https://facemill.org/schemas/" + name + ".json");
        named.put("title", "facemill." + name);
        named.setAll(schema);
        return named;
    }
}
