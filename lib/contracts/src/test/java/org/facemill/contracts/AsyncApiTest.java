package org.facemill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.contracts.event.EventType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = Json.class.getResourceAsStream("asyncapi.yaml")) {
            document = new YAMLMapper().readTree(in);
        }
    }

    @Test
    void everyTopicIsAChannel() throws IllegalAccessException {
        Set<String> addresses = new HashSet<>();
        document.get("channels").forEach(c -> addresses.add(c.get("address").textValue()));

        assertThat(addresses).containsExactlyInAnyOrderElementsOf(topics());
    }

    @Test
    void everyKindOfEventIsAMessageWithItsSchema() {
        List<String> names = new ArrayList<>();
        document.at("/components/messages").forEach(m -> {
            names.add(m.get("name").textValue());
            String schema = m.at("/payload/schema/$ref").textValue();
            assertThat(Json.resource(schema).get("title")).isEqualTo(m.get("name"));
        });

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(EventType.values()).map(EventType::ceType).collect(Collectors.toList()));
    }

    @Test
    void referencesWithinTheDocumentLeadSomewhere() {
        for (JsonNode reference : document.findValues("$ref")) {
            String target = reference.textValue();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            }
        }
    }

    private static List<String> topics() throws IllegalAccessException {
        List<String> topics =
                new ArrayList<>(List.of(Topics.identityContexts("{sampler}"), Topics.rawBlocks("{aligner}")));
        for (Field constant : Topics.class.getFields()) {
            if (constant.getType() == String.class
                    && !constant.getName().equals("PREFIX")
                    && !constant.getName().startsWith("ANY_")) {
                topics.add((String) constant.get(null));
            }
        }
        return topics;
    }
}
