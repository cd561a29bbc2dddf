package org.facemill.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart as Helm draws it. */
final class Chart {

    static final Path ROOT = Path.of(System.getProperty("facemill.root"));
    static final Path FOLDER = ROOT.resolve("deploy/helm/facemill");
    static final YAMLMapper YAML = new YAMLMapper();

    /** The oldest that the chart takes. */
    private static final String KUBERNETES = "1.27.0";

    private static final String RELEASE = "mill";

    private Chart() {}

    /** All value sets under ci/. */
    static List<Path> valueSets() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        }
    }

    static Path valueSet(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    /** The objects that Helm draws of a value set. */
    static List<JsonNode> drawn(Path values) {
        return drawn(values, Map.of());
    }

    /**
     * The objects that Helm draws of a value set with some values set otherwise.
     *
     * @throws IllegalStateException where the values are refused
     */
    static List<JsonNode> drawn(Path values, Map<String, ?> set) {
        TemplateCommand template = new Helm(FOLDER)
                .template()
                .withName(RELEASE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values);
        set.forEach(template::set);
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(template.call())) {
            return documents.readAll().stream()
                    .filter(document -> !document.isNull() && !document.isMissingNode())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects of one kind. */
    static List<JsonNode> drawn(Path values, String kind) {
        return drawn(values).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** What services.yaml says of each service. */
    static Map<String, JsonNode> services() {
        try {
            return Map.ofEntries(YAML.readTree(ROOT.resolve("services.yaml").toFile()).properties().stream()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .toArray(Map.Entry[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service that an object is made for. */
    static String service(JsonNode object) {
        return object.at("/metadata/labels/app.kubernetes.io~1name").asText();
    }
}
