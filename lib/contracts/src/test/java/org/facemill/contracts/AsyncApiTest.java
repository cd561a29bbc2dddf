package org.facemill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.Samples;
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
    void itIsAnAsyncApiDocument() {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(Json.resource("asyncapi-3.0.0.schema.json"));

        assertThat(schema.validate(document)).isEmpty();
    }

    @Test
    void everyTopicIsAChannel() {
        Set<String> addresses = new HashSet<>();
        document.get("channels").forEach(c -> addresses.add(c.get("address").textValue()));

        assertThat(addresses).containsExactlyInAnyOrderElementsOf(topics());
    }

    @Test
    void recordsAreKeptForAsLongAsTopicsAre() {
        for (JsonNode channel : document.get("channels")) {
            JsonNode settings = channel.at("/bindings/kafka/topicConfiguration");
            if (channel.get("address").textValue().equals(Topics.RUNS)) {
                assertThat(settings.at("/cleanup.policy/0").textValue()).isEqualTo("compact");
            } else {
                assertThat(settings.get("retention.ms").longValue())
                        .isEqualTo(Duration.ofDays(Topics.RETENTION_DAYS).toMillis());
            }
        }
    }

    @Test
    void everyChannelIsSentToAndReceivedFrom() {
        List<String> operations = new ArrayList<>();
        document.get("operations").forEach(operation -> {
            String channel = operation.at("/channel/$ref").textValue();
            operations.add(operation.get("action").textValue() + " " + channel);
            operation
                    .get("messages")
                    .forEach(message ->
                            assertThat(message.get("$ref").textValue()).startsWith(channel + "/messages/"));
        });
        List<String> expected = new ArrayList<>();
        document.get("channels").fieldNames().forEachRemaining(channel -> {
            expected.add("send #/channels/" + channel);
            expected.add("receive #/channels/" + channel);
        });

        assertThat(operations).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyKindOfEventIsAMessageWithItsTypeSchemaAndKey() {
        List<String> names = new ArrayList<>();
        for (JsonNode message : document.at("/components/messages")) {
            String name = message.get("name").textValue();
            EventType.of(name).ifPresent(type -> {
                names.add(name);
                assertThat(message.at("/headers/properties/ce_type/const").textValue())
                        .isEqualTo(name);
                assertThat(message.at("/payload/schema/$ref").textValue())
                        .isEqualTo("schemas/" + type.schema() + ".json");
                assertThat(message.at("/traits/0/$ref").textValue())
                        .endsWith(IdentityEvent.class.isAssignableFrom(type.event()) ? "/identityEvent" : "/runEvent");
            });
        }

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(EventType.values()).map(EventType::ceType).toList());
    }

    @Test
    void keysOfExamplesAreAsTheMessageSays() {
        for (Event event : Samples.all()) {
            String trait = event instanceof IdentityEvent ? "identityEvent" : "runEvent";

            assertThat(event.key())
                    .matches(document.at("/components/messageTraits/" + trait + "/bindings/kafka/key/pattern")
                            .textValue());
        }
    }

    @Test
    void headersOfADeadLetterAreNamed() {
        List<String> names = new ArrayList<>();
        document.at("/components/messages/deadLetter/headers/properties")
                .fieldNames()
                .forEachRemaining(names::add);

        assertThat(names)
                .containsExactly(DeadLetterHeaders.REASON, DeadLetterHeaders.TOPIC, DeadLetterHeaders.POSITION);
    }

    @Test
    void headersThatAreSentAreDescribed() {
        JsonNode described = document.at("/components/schemas/cloudEvent/properties");

        for (String header : EventCodec.headers(Samples.all().get(0), "test").keySet()) {
            assertThat(described.has(header)).as(header).isTrue();
        }
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

    private static List<String> topics() {
        List<String> topics = new ArrayList<>(List.of(
                Topics.identityContexts("{sampler}"), Topics.rawBlocks("{aligner}"), Topics.deadLetters("{stage}")));
        topics.addAll(Topics.COMMON);
        return topics;
    }
}
