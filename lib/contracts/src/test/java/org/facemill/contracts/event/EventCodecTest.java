package org.facemill.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.facemill.contracts.Json;
import org.facemill.contracts.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    static List<Event> events() {
        return Samples.all();
    }

    @Test
    void theSamplesCoverEveryKindOfEvent() {
        Set<EventType> covered =
                events().stream().map(e -> EventType.of(e.getClass())).collect(Collectors.toSet());

        assertThat(covered).isEqualTo(EnumSet.allOf(EventType.class));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventFitsItsSchemaAndReadsBackAsItWas(Event event) throws IOException {
        byte[] value = EventCodec.encode(event);

        assertThat(Schemas.of(EventType.of(event.getClass()).schema()).faults(Json.MAPPER.readTree(value)))
                .isEmpty();
        Event read = decode(event, value);
        assertThat(EventCodec.encode(read)).isEqualTo(value);
        assertThat(read.key()).isEqualTo(event.key());
        assertThat(EventCodec.id(read)).isEqualTo(EventCodec.id(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void fieldsThatAreNotKnownAreIgnored(Event event) throws IOException {
        ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(EventCodec.encode(event));
        tree.put("fromTheFuture", 1);

        Event read = decode(event, Json.MAPPER.writeValueAsBytes(tree));

        assertThat(EventCodec.encode(read)).isEqualTo(EventCodec.encode(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void eachMissingFieldIsNamed(Event event) throws IOException {
        JsonNode schema =
                Json.resource("schemas/" + EventType.of(event.getClass()).schema() + ".json");
        for (Iterator<JsonNode> required = schema.get("required").elements(); required.hasNext(); ) {
            String field = required.next().textValue();
            ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(EventCodec.encode(event));
            tree.remove(field);
            byte[] value = Json.MAPPER.writeValueAsBytes(tree);

            assertThatThrownBy(() -> decode(event, value))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining(EventType.of(event.getClass()).ceType())
                    .hasMessageContaining("'" + field + "'");
        }
    }

    @Test
    void valuesOutOfRangeAreNamedWithTheirPath() throws IOException {
        Event context = events().stream()
                .filter(IdentityContext.class::isInstance)
                .findFirst()
                .orElseThrow();
        ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(EventCodec.encode(context));
        tree.put("run", "../climb");
        tree.put("ordinal", -1);
        tree.withArray("context").remove(0);
        byte[] value = Json.MAPPER.writeValueAsBytes(tree);

        assertThatThrownBy(() -> decode(context, value))
                .hasMessageContaining("$.run")
                .hasMessageContaining("$.ordinal")
                .hasMessageContaining("$.context");
    }

    @Test
    void whatIsNoJsonOrOfAnotherTypeIsRefused() {
        byte[] broken = "{\"run\": ".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EventCodec.decode(RunEvent.class, EventType.RUN.ceType(), broken))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("no JSON");
        assertThatThrownBy(() -> EventCodec.decode(RunEvent.class, EventType.RUN.ceType(), new byte[0]))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("no value");
        assertThatThrownBy(() -> EventCodec.decode(RunEvent.class, "facemill.crops.v1", broken))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("facemill.crops.v1");
    }

    @Test
    void headersAreThoseOfCloudEventsInBinaryMode() {
        Event crops =
                events().stream().filter(Crops.class::isInstance).findFirst().orElseThrow();

        Map<String, String> headers = EventCodec.headers(crops, "splitter");

        assertThat(Instant.parse(headers.get("ce_time")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(headers)
                .containsEntry("ce_subject", "samples/3")
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "facemill.crops.v1")
                .containsEntry("ce_id", "crops.v1:samples/3/1")
                .containsEntry("ce_source", "/facemill/splitter")
                .containsEntry("content-type", "application/json");
    }

    private static Event decode(Event like, byte[] value) {
        EventType type = EventType.of(like.getClass());
        return EventCodec.decode(type.event(), type.ceType(), value);
    }
}
