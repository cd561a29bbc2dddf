package org.facemill.contracts.registry;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.facemill.contracts.Json;

/** The parameters of a registered record as JSON Schema: type, description, range and default of each. */
final class ParameterSchemas {

    private ParameterSchemas() {}

    static ObjectNode of(Registered registered) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        // Jackson writes components in their order
        Iterator<Map.Entry<String, JsonNode>> defaults =
                Json.MAPPER.<ObjectNode>valueToTree(registered).fields();
        for (RecordComponent component : registered.getClass().getRecordComponents()) {
            Map.Entry<String, JsonNode> parameter = defaults.next();
            schema.set(parameter.getKey(), schema(field(registered.getClass(), component), parameter.getValue()));
        }
        return schema;
    }

    private static ObjectNode schema(Field field, JsonNode value) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        ObjectNode bounded = value.isArray() ? schema.put("type", "array").putObject("items") : schema;
        bounded.put("type", type(value));
        bound(bounded, "minimum", field, DecimalMin.class, min -> new BigDecimal(min.value()));
        bound(bounded, "minimum", field, Min.class, min -> BigDecimal.valueOf(min.value()));
        bound(bounded, "maximum", field, DecimalMax.class, max -> new BigDecimal(max.value()));
        bound(bounded, "maximum", field, Max.class, max -> BigDecimal.valueOf(max.value()));
        Optional.ofNullable(field.getAnnotation(JsonPropertyDescription.class))
                .ifPresent(description -> schema.put("description", description.value()));
        Optional.ofNullable(field.getAnnotation(Pattern.class))
                .ifPresent(pattern -> bounded.put("pattern", "^(?:" + pattern.regexp() + ")$"));
        if (!isMissing(value)) {
            schema.set("default", value);
        }
        return schema;
    }

    private static String type(JsonNode value) {
        if (value.isTextual()) {
            return "string";
        }
        return value.isBoolean() ? "boolean" : value.isFloatingPointNumber() ? "number" : "integer";
    }

    /** An empty text is no default: a recipe has to say. */
    private static boolean isMissing(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    private static <A extends Annotation> void bound(
            ObjectNode schema, String keyword, Field field, Class<A> annotation, Function<A, BigDecimal> value) {
        Optional.ofNullable(field.getAnnotation(annotation))
                .ifPresent(found -> schema.put(keyword, value.apply(found)));
    }

    /** Annotations that have no record components for target stand on their fields. */
    private static Field field(Class<?> record, RecordComponent component) {
        try {
            return record.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every component of a record has a field", e);
        }
    }
}
