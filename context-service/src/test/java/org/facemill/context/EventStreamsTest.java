package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.schema.Schemas;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class EventStreamsTest {

    private static final String CONTRACT = "contract/schemas/";

    @Inject
    ObjectStore store;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void whatIsToldOfARunIsAsAsyncApiSays() throws Exception {
        JsonNode messages = messages();
        String run = Runs.start(Runs.RECIPE);
        Set<String> missing = new HashSet<>(Set.of("run", "history", "identities", "evaluation"));
        try (Stream<String> lines = lines("/events/runs/" + run)) {
            Iterator<String> stream = lines.iterator();
            PlayedPipeline pipeline = new PlayedPipeline(store, run);
            pipeline.ends(0, Outcome.COMPLETE);
            pipeline.ends(1, Outcome.DISCARDED);
            new PaintedPipeline(store, run).judges(1, 0.1);
            while (!missing.isEmpty()) {
                missing.remove(assertValid(stream, messages));
            }
        }
    }

    @Test
    void whatIsToldOfAllRunsIsAsAsyncApiSays() throws Exception {
        JsonNode messages = messages();
        String run = Runs.start(Runs.RECIPE);
        try (Stream<String> lines = lines("/events/runs")) {
            Iterator<String> stream = lines.iterator();
            assertThat(assertValid(stream, messages)).isEqualTo("runs");
            assertThat(assertValid(stream, messages)).isEqualTo("run");
        }
        given().get("/events/runs/absent").then().statusCode(404);
        given().delete("/runs/" + run).then().statusCode(200);
    }

    /** @return the kind of the next event */
    private static String assertValid(Iterator<String> stream, JsonNode messages) throws IOException {
        String kind = "";
        while (true) {
            String line = stream.next();
            if (line.startsWith("event:")) {
                kind = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                JsonNode schema = messages.path(kind).path("payload");
                assertThat(schema.isMissingNode()).as(kind).isFalse();
                assertThat(faults(schema, Json.MAPPER.readTree(line.substring(5))))
                        .as("%s: %s", kind, line)
                        .isEmpty();
                return kind;
            }
        }
    }

    private static JsonNode messages() throws IOException {
        return new YAMLMapper()
                .readTree(
                        given().get("/events").then().statusCode(200).extract().asString())
                .at("/components/messages");
    }

    /** What is wrong with a value by a schema; where that refers to the contract's, by these. */
    private static List<String> faults(JsonNode schema, JsonNode value) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            String name = reference.substring(CONTRACT.length()).replace(".json", "");
            return Schemas.of(name).faults(value).stream().map(Object::toString).toList();
        }
        List<String> faults = new ArrayList<>();
        ObjectNode own = schema.deepCopy();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode items = property.getValue().path("items");
            if (items.has("$ref")) {
                ((ObjectNode) own.at("/properties/" + property.getKey())).remove("items");
                value.path(property.getKey()).forEach(item -> faults.addAll(faults(items, item)));
            }
        }
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(own)
                .validate(value)
                .forEach(fault -> faults.add(fault.toString()));
        return faults;
    }

    private static Stream<String> lines(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body();
    }
}
