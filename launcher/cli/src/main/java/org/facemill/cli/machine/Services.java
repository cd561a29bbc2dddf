package org.facemill.cli.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.cli.machine.ServiceDescriptor.Product;
import org.facemill.contracts.Json;

/** The services, read from {@code services.yaml}, which the build copies from the project's root. */
public final class Services {

    private static final Map<String, ServiceDescriptor> BY_NAME = read();

    private Services() {}

    /** All names, in the order in which services are started. */
    public static List<String> all() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** What makes and judges datasets, by any sampler. */
    public static List<String> forDatasets() {
        return BY_NAME.values().stream()
                .filter(service -> service.makes() == Product.DATASETS)
                .map(ServiceDescriptor::name)
                .toList();
    }

    /** What makes and judges datasets by one sampler: the others would only cost their start. */
    public static List<String> forDatasets(String sampler) {
        return BY_NAME.values().stream()
                .filter(service -> service.isNeededBy(sampler))
                .map(ServiceDescriptor::name)
                .toList();
    }

    static ServiceDescriptor named(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, ServiceDescriptor> read() {
        try (InputStream in = Services.class.getResourceAsStream("/services.yaml")) {
            Map<String, ServiceDescriptor> services = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry :
                    new YAMLMapper().readTree(in).properties()) {
                ObjectNode fields = (ObjectNode) entry.getValue();
                services.put(
                        entry.getKey(),
                        Json.MAPPER.treeToValue(fields.put("name", entry.getKey()), ServiceDescriptor.class));
            }
            return Collections.unmodifiableMap(services);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
