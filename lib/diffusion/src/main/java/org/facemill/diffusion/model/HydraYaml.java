package org.facemill.diffusion.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configuration files as Hydra and OmegaConf write them: {@code ${a.b}} stands for the node at a.b from the root. What cannot
 * be resolved ({@code ${now:...}}, or a part that lies in another file) is left out.
 */
final class HydraYaml {
    private static final Pattern INTERPOLATION = Pattern.compile("\\$\\{([^}]*)}");
    private static final int DEEPEST = 16;

    private final JsonNode root;

    private HydraYaml(JsonNode root) {
        this.root = root;
    }

    /** @throws IOException if the file cannot be read or is not YAML; the message names it */
    static JsonNode read(Path file) throws IOException {
        try {
            JsonNode root = new YAMLMapper().readTree(Files.readString(file));
            return new HydraYaml(root).resolve(root, 0);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not YAML: " + e.getOriginalMessage(), e);
        }
    }

    private JsonNode resolve(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("interpolations refer to each other in a circle at " + node);
        }
        if (node.isObject()) {
            ObjectNode resolved = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> {
                JsonNode value = resolve(entry.getValue(), depth + 1);
                if (!value.isMissingNode()) {
                    resolved.set(entry.getKey(), value);
                }
            });
            return resolved;
        } else if (node.isArray()) {
            ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> resolved.add(resolve(element, depth + 1)));
            return resolved;
        } else if (node.isTextual()) {
            return text(node, depth);
        }
        return node;
    }

    private JsonNode text(JsonNode node, int depth) {
        Matcher matcher = INTERPOLATION.matcher(node.textValue());
        if (!matcher.find()) {
            return node;
        }
        if (matcher.matches()) {
            JsonNode target = root.at("/" + matcher.group(1).replace('.', '/'));
            return target.isMissingNode() ? target : resolve(target, depth + 1);
        }
        // within a longer text, as in outputs/${now:%Y-%m-%d}: nothing of that kind is used
        return MissingNode.getInstance();
    }
}
