package org.facemill.contracts.recipe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class RecipesTest {

    @Test
    void whatIsLeftOutTakesItsDefault() {
        Recipe recipe = parse("{'identities': 100, 'images': 16, 'sampling': {'sampler': 'painter'}}");

        assertThat(recipe.maxFailures()).isEqualTo(30);
        assertThat(recipe.sampling().sampler()).isEqualTo("painter");
        assertThat(recipe.sampling().method()).as("the model's own").isEmpty();
        assertThat(recipe.alignment().policy()).isEqualTo(FailurePolicy.SPARE);
        assertThat(recipe.dataset().formats()).containsExactly("folder");
    }

    @Test
    void aRecipeReadsBackAsItWas() {
        Recipe recipe =
                parse("{'identities': 10, 'images': 2, 'dataset': {'formats': ['recordio'], 'versions': [3, 6]}}");

        assertThat(Recipes.parse(Json.MAPPER.valueToTree(recipe))).isEqualTo(recipe);
    }

    @Test
    void everyFaultIsNamedWithItsPath() {
        assertThatThrownBy(
                        () -> parse("{'identities': 0, 'images': 'many', 'sampling': {'steps': 0, 'method': 'euler'},"
                                + " 'alignement': {}, 'dataset': {'formats': []}}"))
                .asInstanceOf(InstanceOfAssertFactories.type(RecipeException.class))
                .extracting(RecipeException::faults, InstanceOfAssertFactories.list(RecipeException.Fault.class))
                .extracting(RecipeException.Fault::path)
                .containsExactlyInAnyOrder(
                        "$.identities",
                        "$.images",
                        "$.sampling.steps",
                        "$.sampling.method",
                        "$.alignement",
                        "$.dataset.formats");
        assertThat(faults("{'images': 4}")).containsExactly("$.identities");
        assertThat(faults("{'identities': -1000, 'images': 4}")).containsExactly("$.identities");
    }

    @Test
    void whatDoesNotFitIsNamedBesideWhatIsMalformed() {
        assertThat(faults(
                        "{'identities': 10, 'images': 'many', 'contexts': {'source': 'file'}, 'sampling': {'model': '', 'steps': 0},"
                                + " 'dataset': {'versions': [11]}, 'training': {'epochs': 0}}"))
                .containsExactlyInAnyOrder(
                        "$.images",
                        "$.contexts.file",
                        "$.sampling.model",
                        "$.sampling.steps",
                        "$.dataset.versions[0]",
                        "$.training.epochs");
        assertThat(faults("{'identities': 10, 'images': 4, 'sampling': 'diffusion', 'dataset': {'versions': ['all']}}"))
                .containsExactlyInAnyOrder("$.sampling", "$.dataset.versions[0]");
    }

    @Test
    void anExtendedRecipeMakesWhatWasWantedBeforeAVersionOfWhatIsWantedNow() {
        Recipe recipe = parse("{'identities': 24, 'images': 4, 'dataset': {'versions': [8]}, 'seed': 5}");

        Recipe extended = Recipes.extended(recipe, 480);

        assertThat(extended)
                .isEqualTo(parse("{'identities': 480, 'images': 4, 'dataset': {'versions': [8, 24]}, 'seed': 5}"));
        assertThatThrownBy(() -> Recipes.extended(recipe, 24)).hasMessageContaining("24 given, the run has 24");
    }

    @Test
    void numbersMustFitEachOther() {
        assertThat(faults("{'identities': 10, 'images': 4, 'dataset': {'versions': [5, 5, 10]}}"))
                .containsExactly("$.dataset.versions[1]", "$.dataset.versions[2]");
        assertThat(faults("{'identities': 10, 'images': 4, 'contexts': {'source': 'file'}}"))
                .containsExactly("$.contexts.file");
        assertThat(faults("{'identities': 10, 'images': 4, 'training': {'enabled': true, 'holdout': 9}}"))
                .containsExactly("$.training.holdout");
        assertThat(faults("{'identities': 10, 'images': 4, 'training': {'enabled': true, 'batch_size': 41}}"))
                .containsExactly("$.training.batch_size");
        assertThat(faults("{'identities': 10, 'images': 4, 'sampling': {'guidance': {'scale': 51}}}"))
                .containsExactly("$.sampling.guidance.scale");
        assertThat(faults("{'identities': 1, 'images': 1000, 'sampling': {'spare': 25}}"))
                .containsExactly("$.sampling.spare");
    }

    @Test
    void everyOldSpellingIsRefusedWithTheNewOne() {
        assertThatThrownBy(() -> parse("{'identities': 10, 'images': 4, 'maxFailures': 3,"
                        + " 'contexts': {'source': 'synthetic-uniform'},"
                        + " 'sampling': {'guidance_scale': 2, 'guidanceBelow': 600}, 'alignment': {'minFaceSize': 20},"
                        + " 'training': {'head': 'cosface', 'scale': 32, 'margin': 0.1, 'milestones': [3],"
                        + " 'momentum': 0.9, 'augmentation': 'flip'}}"))
                .hasMessageContaining("$.maxFailures: is spelt max_failures now")
                .hasMessageContaining("$.contexts.source: 'synthetic-uniform' is written uniform now")
                .hasMessageContaining("$.sampling.guidance_scale: is sampling.guidance.scale now")
                .hasMessageContaining("$.sampling.guidanceBelow: is sampling.guidance.to now")
                .hasMessageContaining("$.alignment.minFaceSize: is spelt min_face_size now")
                .hasMessageContaining("$.training.head: 'cosface' is written {type: cosface} now")
                .hasMessageContaining("$.training.scale: is training.head.scale now")
                .hasMessageContaining("$.training.milestones: is training.schedule.milestones now")
                .hasMessageContaining("$.training.momentum: is training.optimizer.momentum now")
                .hasMessageContaining("$.training.augmentation: is training.augment now")
                .hasMessageNotContaining("not defined in the schema");
        assertThatThrownBy(() -> parse("{'identities': 10, 'images': 4, 'sampling': {'guidance': 2.5}}"))
                .hasMessage("$.sampling.guidance: '2.5' is written {scale: 2.5} now");
    }

    @Test
    void aMistypedNetworkIsFoundBeforeAnythingIsSampled() {
        assertThat(
                        faults(
                                "{'identities': 100, 'images': 4, 'training': {'backbone': 'iresnet5O', 'head': {'type': 'cosFace'}}}"))
                .containsExactlyInAnyOrder("$.training.backbone", "$.training.head.type");
    }

    @Test
    void theDefaultModelIsTheDefaultSamplersAlone() {
        assertThat(parse("{'identities': 10, 'images': 2}").sampling().model()).isEqualTo("demo");
        assertThat(parse("{'identities': 10, 'images': 2, 'sampling': {'sampler': 'painter'}}")
                        .sampling()
                        .model())
                .isEmpty();
        assertThat(parse("{'identities': 10, 'images': 2, 'sampling': {'sampler': 'my-gan', 'model': 'faces'}}")
                        .sampling()
                        .model())
                .isEqualTo("faces");
        assertThat(faults("{'identities': 10, 'images': 2, 'sampling': {'model': ''}}"))
                .containsExactly("$.sampling.model");
    }

    @Test
    void namesThatClimbAreRefused() {
        assertThat(
                        faults(
                                "{'identities': 1, 'images': 1, 'sampling': {'model': '../secrets'}, 'contexts': {'source': 'file', 'file': 'a/b'}}"))
                .containsExactlyInAnyOrder("$.sampling.model", "$.contexts.file");
    }

    private static List<String> faults(String json) {
        try {
            parse(json);
            return List.of();
        } catch (RecipeException e) {
            return e.faults().stream().map(RecipeException.Fault::path).toList();
        }
    }

    private static Recipe parse(String json) {
        try {
            return Recipes.parse(Json.MAPPER.readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
