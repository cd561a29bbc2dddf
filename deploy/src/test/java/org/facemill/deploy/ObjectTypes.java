package org.facemill.deploy;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;

/** What an API server with Strimzi's operators would say of an object: a field that is not known, or missing. */
final class ObjectTypes {

    private static final Map<String, Class<?>> OF_STRIMZI = Map.of(
            "kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class,
            "kafka.strimzi.io/v1 KafkaUser", KafkaUser.class);

    /** Strimzi's classes keep what they do not know; here it is refused. */
    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(keepingNothing());

    private ObjectTypes() {}

    /**
     * Throws where the object's type has no such field, needs another, or holds other values.
     *
     * @throws IllegalArgumentException naming the field
     */
    static void check(JsonNode object) throws ReflectiveOperationException {
        String version = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        Class<?> custom = OF_STRIMZI.get(version + " " + kind);
        if (custom != null) {
            STRICT.convertValue(object, custom);
            return;
        }
        String prefix = version.substring(version.indexOf('/') + 1);
        Class<?> type = Class.forName("io.kubernetes.client.openapi.models."
                + prefix.substring(0, 1).toUpperCase(Locale.ROOT) + prefix.substring(1) + kind);
        try {
            type.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    version + " " + kind + ": " + e.getCause().getMessage(), e);
        }
    }

    private static AnnotationIntrospector keepingNothing() {
        return new JacksonAnnotationIntrospector() {
            @Override
            public Boolean hasAnySetter(Annotated member) {
                return false;
            }
        };
    }
}
