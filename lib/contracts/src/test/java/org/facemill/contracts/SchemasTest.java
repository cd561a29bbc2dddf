package org.facemill.contracts;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.document.BlockDetails;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.Samples;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipe;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipes;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.contracts.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committed schemas say what the records say. After a change of a record run
 * {@code mvn -pl lib/contracts test -Dtest=SchemasTest -DargLine=-Dfacemill.schemas.write=true} and review the difference.
 */
class SchemasTest {

    private static final Path FOLDER = Path.of("src/main/resources/org/facemill/contracts/schemas");

    record Case(String name, Class<?> type, boolean closed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        // events are open, so that newer senders may add fields; a recipe is closed, so that a misspelt option is seen
        return Stream.concat(
                Stream.of(EventType.values()).map(t -> new Case(t.schema(), t.event(), false)),
                Stream.of(
                        new Case(BlockDetails.SCHEMA, BlockDetails.class, false),
                        new Case(AlignedDetails.SCHEMA, AlignedDetails.class, false),
                        new Case(Recipes.SCHEMA, Recipe.class, true),
                        new Case(LdmRecipes.SCHEMA, LdmRecipe.class, true),
                        new Case(RecogniserRecipes.SCHEMA, RecogniserRecipe.class, true)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theExamplesFitTheirSchema(Case c) {
        JsonNode examples = Schemas.document(c.name()).path("examples");

        assertThat(examples).isNotEmpty();
        assertThat(examples)
                .allSatisfy(example ->
                        assertThat(Schemas.of(c.name()).faults(example)).isEmpty());
    }

    /** Other languages' validators refuse a whole schema where, say, a required field is named twice. */
    @ParameterizedTest
    @MethodSource("cases")
    void itIsAValidSchema(Case c) {
        JsonSchema schemaOfSchemas =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(SchemaId.V202012));

        assertThat(schemaOfSchemas.validate(Schemas.document(c.name()))).isEmpty();
    }

    static Map<String, ObjectNode> generated() {
        Map<String, ObjectNode> open = new TreeMap<>();
        Map<String, ObjectNode> all = new TreeMap<>();
        cases().forEach(c ->
                (c.closed() ? all : open).put(c.name(), SchemaGenerator.schema(c.type(), c.name(), c.closed())));
        // recipes say more strictly what events say of the same names; so each of them has its own definitions
        open.put(SharedDefinitions.NAME, SharedDefinitions.moved(open.values()));
        all.putAll(open);
        cases().forEach(c -> examples(c).forEach(all.get(c.name()).withArray("examples")::add));
        return all;
    }

    @Test
    void theCommittedSchemasAreThoseOfTheRecords() throws IOException {
        Map<String, ObjectNode> generated = generated();
        if (Boolean.getBoolean("facemill.schemas.write")) {
            for (Map.Entry<String, ObjectNode> schema : generated.entrySet()) {
                Files.writeString(
                        FOLDER.resolve(schema.getKey() + ".json"),
                        schema.getValue().toPrettyString() + "\n");
            }
        }

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(generated.keySet());
        }
        for (Map.Entry<String, ObjectNode> schema : generated.entrySet()) {
            assertThat(Json.MAPPER.readTree(
                            FOLDER.resolve(schema.getKey() + ".json").toFile()))
                    .as(schema.getKey())
                    .isEqualTo(Json.MAPPER.readTree(schema.getValue().toString()));
        }
    }

    /** Events as they travel; recipes without the fields that are not set, as people write them. */
    private static Stream<JsonNode> examples(Case c) {
        ObjectMapper mapper = c.closed() ? Json.MAPPER.copy().setSerializationInclusion(NON_ABSENT) : Json.MAPPER;
        return Stream.concat(Samples.all().stream(), Samples.documents().stream())
                .filter(c.type()::isInstance)
                .map(mapper::<JsonNode>valueToTree);
    }
}
