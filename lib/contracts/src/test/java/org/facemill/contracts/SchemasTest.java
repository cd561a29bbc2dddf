package org.facemill.contracts;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @ParameterizedTest
    @MethodSource("cases")
    void theCommittedSchemaIsThatOfTheRecord(Case c) throws IOException {
        ObjectNode schema = SchemaGenerator.schema(c.type(), c.name(), c.closed());
        examples(c).forEach(schema.putArray("examples")::add);
        Path file = FOLDER.resolve(c.name() + ".json");
        if (Boolean.getBoolean("facemill.schemas.write")) {
            Files.writeString(file, schema.toPrettyString() + "\n");
        }

        assertThat(file).exists();
        assertThat(Json.MAPPER.readTree(file.toFile())).isEqualTo(Json.MAPPER.readTree(schema.toString()));
    }

    /** Events as they travel; recipes without the fields that are not set, as people write them. */
    private static Stream<JsonNode> examples(Case c) {
        ObjectMapper mapper = c.closed() ? Json.MAPPER.copy().setSerializationInclusion(NON_ABSENT) : Json.MAPPER;
        return Stream.concat(Samples.all().stream(), Samples.documents().stream())
                .filter(c.type()::isInstance)
                .map(mapper::<JsonNode>valueToTree);
    }
}
