package org.facemill.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** services.yaml against everything else that knows the services. */
class ServicesTest {

    private static final Path ROOT = Path.of(System.getProperty("facemill.root"));

    static Stream<ServiceDescriptor> services() {
        return Services.all().stream().map(Services::named);
    }

    @Test
    void everyModuleThatIsAServiceIsDescribed() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            List<String> modules = folders.filter(
                            folder -> Files.exists(folder.resolve("src/main/resources/application.properties")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();

            assertThat(Services.all()).containsExactlyInAnyOrderElementsOf(modules);
        }
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains(services()
                        .map(service -> "<module>" + service.name() + "</module>")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceIsConfiguredAsItIsDescribed(ServiceDescriptor service) throws IOException {
        Properties properties = new Properties();
        Path file = ROOT.resolve(service.name()).resolve("src/main/resources/application.properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }

        assertThat(properties.getProperty("quarkus.application.name")).isEqualTo(service.stage());
        assertThat(properties.getProperty("quarkus.http.port")).isEqualTo(String.valueOf(service.port()));
        assertThat(groups(properties, service.stage())).isEqualTo(reads(service.name()));
    }

    @Test
    void composeRunsEveryServiceFromTheOneDockerfile() throws IOException {
        JsonNode compose = new YAMLMapper()
                .readTree(ROOT.resolve("docker-compose.yml").toFile())
                .path("services");
        List<String> built = compose.properties().stream()
                .filter(entry -> entry.getValue().has("build"))
                .map(entry -> entry.getKey())
                .filter(name -> !name.endsWith("-gpu"))
                .toList();

        assertThat(built).containsExactlyInAnyOrderElementsOf(Services.all());
        for (String name : built) {
            JsonNode service = compose.get(name);
            assertThat(service.at("/build/args/SERVICE").asText()).isEqualTo(name);
            service.path("ports")
                    .forEach(port -> assertThat(port.asText())
                            .isEqualTo("127.0.0.1:" + Services.named(name).port() + ":8080"));
        }
        assertThat(Files.readString(ROOT.resolve("deploy/Dockerfile")))
                .contains("COPY --from=build /build/${SERVICE}/target/quarkus-app");
    }

    @Test
    void aRunNeedsItsOwnSamplerAndNoTrainerOfGenerators() {
        assertThat(Services.forDatasets("painter"))
                .contains("context-service", "painter-sampler", "splitter-service")
                .doesNotContain("sampler-service", "ldm-trainer-service");
    }

    /** Consumer group by topic, as services.yaml says it. */
    private static Map<String, String> reads(String service) throws IOException {
        Map<String, String> groups = new TreeMap<>();
        new YAMLMapper()
                .readTree(ROOT.resolve("services.yaml").toFile())
                .path(service)
                .path("reads")
                .properties()
                .forEach(topic -> groups.put(topic.getKey(), topic.getValue().asText()));
        return groups;
    }

    /** Consumer group by topic of the incoming channels; alternatives of a pattern one by one, with * for any name. */
    private static Map<String, String> groups(Properties properties, String stage) {
        Map<String, String> groups = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.matches("mp\\.messaging\\.incoming\\..+\\.topic")) {
                String channel = key.replaceAll("topic$", "");
                String group = properties.getProperty(channel + "group.id", stage);
                String topic = properties.getProperty(key);
                if (properties.containsKey(channel + "pattern")) {
                    for (String part :
                            topic.replaceAll("^facemill\\\\\\.\\(|\\)$", "").split("\\|")) {
                        groups.put("facemill." + part.replace("\\..+", ".*"), group);
                    }
                } else {
                    groups.put(topic, group);
                }
            }
        }
        return groups;
    }
}
