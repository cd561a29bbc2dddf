package org.facemill.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import org.facemill.architecture.AddedRegistrations.AddedHead;
import org.facemill.architecture.AddedRegistrations.AddedSchedule;
import org.facemill.architecture.AddedRegistrations.AddedSource;
import org.facemill.cli.Facemill;
import org.facemill.contexts.ContextSources;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.schema.Schemas;
import org.facemill.datasets.DatasetException;
import org.facemill.datasets.ImageDatasets;
import org.facemill.recognition.head.MarginHeads;
import org.facemill.recognition.training.RateSchedules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What is added to a registry, here one of each kind by {@link AddedRegistrations}, is known everywhere by that alone. */
class RegistriesTest {

    private static final String RECIPE = """
            identities: 4
            images: 2
            contexts: {source: added-source, oracle: delphi}
            sampling: {method: added-method}
            dataset: {formats: [folder, added-format]}
            training: {backbone: added-backbone, head: {type: added-head, scale: 8}, schedule: {type: added-schedule},
                       batch_size: 2, enabled: true}
            """;

    @ParameterizedTest
    @EnumSource
    void theSchemaListsIt(Kind kind) {
        JsonNode definition = Schemas.document(Recipes.SCHEMA).at("/$defs").get(kind.key());

        assertThat(definition.findValues("enum").toString()).contains("\"added-");
        assertThat(definition.get("description").textValue()).containsPattern("added-\\w+: a \\w+ of this test");
    }

    @Test
    void theSchemaHasItsParametersWithTheirRanges() {
        String schema = Schemas.document(Recipes.SCHEMA).toString();

        assertThat(schema)
                .contains("\"scale\":{\"type\":\"number\",\"minimum\":1,\"description\":\"factor on the cosines\"");
        assertThat(schema)
                .contains("\"oracle\":{\"type\":\"string\",\"description\":\"whom the contexts are asked of\"");
    }

    @Test
    void aRecipeChoosesItWithItsParametersOrTheirDefaults() {
        Recipe recipe = Recipes.parse(WrittenRecipe.tree(RECIPE));

        assertThat(recipe.sampling().method()).contains("added-method");
        assertThat(recipe.dataset().formats()).containsExactly("folder", "added-format");
        assertThat(recipe.training().recogniser().backbone()).isEqualTo("added-backbone");
        assertThat(MarginHeads.REGISTRY.of(recipe.training().recogniser().head()))
                .isEqualTo(new AddedHead(8));
        assertThat(RateSchedules.REGISTRY.of(recipe.training().recogniser().schedule()))
                .isEqualTo(new AddedSchedule(0.25));
        assertThat(ContextSources.REGISTRY.of(
                        recipe.contexts().source(), recipe.contexts().parameters()))
                .isEqualTo(new AddedSource("delphi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "added-source, oracle: delphi | added-source      | required property 'oracle' not found",
                "oracle: delphi               | oracle: DELPHI    | '^(?:[a-z]+)$'",
                "added-source                 | absent-source     | \"added-source\"",
                "added-method                 | absent-method     | \"added-method\"",
                "added-format                 | absent-format     | \"added-format\"",
                "added-backbone               | absent-backbone   | \"added-backbone\"",
                "type: added-head             | type: absent-head | \"added-head\"",
                "type: added-schedule         | type: none        | \"added-schedule\"",
                "scale: 8                     | scale: 0          | must have a minimum value of 1"
            })
    void aRefusalNamesIt(String right, String wrong, String message) {
        assertThatThrownBy(() -> Recipes.parse(WrittenRecipe.tree(RECIPE.replace(right, wrong))))
                .hasMessageContaining(message);
    }

    @Test
    void aGeneratorsRecipeKnowsItsMethod() {
        assertThat(Schemas.document(LdmRecipes.SCHEMA)
                        .at("/$defs/sampling_method")
                        .toString())
                .contains("\"added-method\"");
    }

    @ParameterizedTest
    @CsvSource({
        "sample, added-method",
        "export, added-format",
        "train-fr, added-backbone",
        "train-fr, added-head",
        "train-fr, added-schedule"
    })
    void helpListsIt(String command, String name) {
        assertThat(subcommand(command).getUsageMessage()).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"sample, --sampler, added-method", "export, --format, added-format"})
    void anOptionTakesItAndARefusalNamesIt(String command, String option, String name) {
        CommandLine.Model.OptionSpec spec = subcommand(command).getCommandSpec().findOption(option);

        assertThat(Optional.of(spec.completionCandidates()).orElseThrow()).contains(name);
        assertThatThrownBy(() -> spec.converters()[0].convert("absent")).hasMessageContaining(name);
    }

    @Test
    void readersOfDatasetsNameIt(@TempDir Path empty) {
        assertThatThrownBy(() -> ImageDatasets.open(empty))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("an .added file");
    }

    private static CommandLine subcommand(String name) {
        return new CommandLine(Facemill.class).getSubcommands().get(name);
    }
}
