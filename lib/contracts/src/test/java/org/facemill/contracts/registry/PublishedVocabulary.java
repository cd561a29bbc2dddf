package org.facemill.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.contracts.Json;

/**
 * Compares {@code vocabulary.json} with the registry of a kind, in a test of the module that has the registry. With
 * {@code -Dfacemill.schemas.write=true} it writes the file anew, and so has the schemas of recipes to be.
 */
public final class PublishedVocabulary {

    private static final String FILE = "lib/contracts/src/main/resources/org/facemill/contracts/" + Vocabulary.FILE;

    private PublishedVocabulary() {}

    /** What is registered is what is published. */
    public static void check(Kind kind) throws IOException {
        Path file = Path.of(System.getProperty("facemill.root", "../.."), FILE);
        if (Boolean.getBoolean("facemill.schemas.write")) {
            ObjectNode published = (ObjectNode) Json.MAPPER.readTree(file.toFile());
            published.set(kind.key(), Vocabulary.found(kind).json());
            Files.writeString(file, published.toPrettyString() + "\n");
        }

        assertThat(Json.MAPPER.readTree(Vocabulary.found(kind).json().toString()))
                .isEqualTo(Json.MAPPER.readTree(file.toFile()).get(kind.key()));
    }
}
