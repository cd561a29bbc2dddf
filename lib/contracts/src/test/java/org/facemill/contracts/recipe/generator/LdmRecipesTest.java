package org.facemill.contracts.recipe.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.facemill.contracts.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class LdmRecipesTest {

    private static final String PIXELS = """
            seed: 7
            image_size: 32
            latent: false
            data:
              painted: {identities: 10, images: 2, seed: 1}
              licence: Apache-2.0
            model:
              initial_channels: 32
              channel_multipliers: [1, 2]
              is_attention: [false, true]
              attention_head_channels: 32
              n_blocks_per_resolution: 1
              condition_type: AdaGN
              context_input_channels: 512
              context_channels: 64
            training:
              T: 1000
              T_kept: 800
              steps: 100
              batch_size: 4
              lr: 1.0e-4
              T_0: 100
              T_mult: 2
            """;

    @Test
    void whatIsLeftOutTakesItsDefault() throws IOException {
        LdmRecipe recipe = LdmRecipes.parse(tree(PIXELS));

        assertThat(recipe.training().ema()).isEqualTo(Averaging.INTENDED);
        assertThat(recipe.training().maxGradNorm()).isEmpty();
        assertThat(recipe.model().isContextConditional()).isTrue();
        assertThat(recipe.training().keptLevels()).isEqualTo(800);
        assertThat(recipe.data().horizontalFlip()).isFalse();
    }

    @Test
    void everyFaultIsNamedWithItsPath() {
        String written = PIXELS.replace("  batch_size: 4", "  batchsize: 4")
                .replace("condition_type: AdaGN", "condition_type: Ada");

        assertThatThrownBy(() -> LdmRecipes.parse(tree(written)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'batchsize'")
                .hasMessageContaining("'batch_size'")
                .hasMessageContaining("$.model.condition_type");
    }

    @Test
    void aTextIsReadAsYamlOrJson() throws IOException {
        assertThat(LdmRecipes.read(PIXELS))
                .isEqualTo(LdmRecipes.read(tree(PIXELS).toString()))
                .isEqualTo(LdmRecipes.parse(tree(PIXELS)));
        assertThatThrownBy(() -> LdmRecipes.read("seed: ["))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("no valid YAML or JSON");
        assertThatThrownBy(() -> LdmRecipes.read(PIXELS + "seed: 8\n")).hasMessageContaining("'seed'");
        assertThatThrownBy(() -> LdmRecipes.read("")).isInstanceOf(RecipeException.class);
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        String latent = PIXELS.replace("latent: false", "latent: true");
        String both = PIXELS.replace("data:\n", "data:\n  folder: {images: a, contexts: b.npz}\n");
        String noContexts = PIXELS.replace("painted: {identities: 10, images: 2, seed: 1}", "folder: {images: a}");

        assertThatThrownBy(() -> LdmRecipes.parse(tree(latent))).hasMessageContaining("$.autoencoder");
        assertThatThrownBy(() -> LdmRecipes.parse(tree(both))).hasMessageContaining("$.data: wants either");
        assertThatThrownBy(() -> LdmRecipes.parse(tree(noContexts))).hasMessageContaining("$.data.folder");
        assertThatThrownBy(() -> LdmRecipes.read(PIXELS + "sampling: {guidance: {scale: 2}}\n"))
                .hasMessageContaining("$.sampling.guidance.scale");
        assertThat(LdmRecipes.read(PIXELS + "  context_dropout: 0.1\nsampling: {guidance: {scale: 2}}\n")
                        .sampling()
                        .guidance()
                        .scale())
                .isEqualTo(2);
    }

    @Test
    void everyOldSpellingIsRefusedWithTheNewOne() {
        assertThatThrownBy(() -> LdmRecipes.read(PIXELS.replace("image_size", "imageSize")
                        + "  precision: f32\nsampling: {guidance_scale: 2, guidance_below: 600}\n"))
                .hasMessageContaining("$.imageSize: is spelt image_size now")
                .hasMessageContaining("$.training.precision: 'f32' is written fp32 now")
                .hasMessageContaining("$.sampling.guidance_scale: is sampling.guidance.scale now")
                .hasMessageContaining("$.sampling.guidance_below: is sampling.guidance.to now");
    }

    @Test
    void contradictionsAreNamedBesideWhatBreaksTheSchema() {
        String written = PIXELS.replace("  batch_size: 4", "  batchsize: 4")
                        .replace("T_kept: 800", "T_kept: 1200")
                        .replace(
                                "data:\n",
                                "data:\n  folder: {images: a, contexts: b.npz, names: c.txt, row_order: text}\n")
                + "sampling: {guidance: {scale: 2, from: 1300}}\n";

        assertThatThrownBy(() -> LdmRecipes.read(written))
                .hasMessageContaining("'batchsize'")
                .hasMessageContaining("$.training.T_kept: 1200 is more than T, 1000")
                .hasMessageContaining("$.data: wants either painted or folder")
                .hasMessageContaining("$.data.folder.row_order")
                .hasMessageContaining("$.sampling.guidance.from: 1300 is behind the model's last step, 1199");
    }

    @Test
    void whatSamplesTheModelMustFitItsSteps() {
        String few = PIXELS.replace("T_kept: 800", "T_kept: 16");

        assertThatThrownBy(() -> LdmRecipes.read(few + "sampling: {steps: 20}\n"))
                .hasMessageContaining("$.sampling.steps: 20 is more than");
        assertThat(LdmRecipes.read(few).sampling().steps()).isEqualTo(16);
        assertThatThrownBy(() -> LdmRecipes.read(
                        PIXELS + "  context_dropout: 0.1\nsampling: {guidance: {scale: 2, from: 700, to: 300}}\n"))
                .hasMessageContaining("guidance from step 700 to before 300");
    }

    @Test
    void numbersThatAreNoneAreNamed() {
        assertThatThrownBy(() -> LdmRecipes.read(PIXELS.replace("lr: 1.0e-4", "lr: 1.0e+400")))
                .hasMessageContaining("$.training.lr: Infinity given, expected a number");
        assertThatThrownBy(() -> LdmRecipes.read(PIXELS.replace("lr: 1.0e-4", "lr: .nan")))
                .hasMessageContaining("'.nan'");
    }

    @Test
    void aRecipeThatCameWithAnEventIsCheckedByTheSameRules() {
        LdmRecipe recipe = LdmRecipes.read(PIXELS);

        LdmRecipes.check(recipe);
        LdmRecipe latent = new LdmRecipe(
                recipe.seed(),
                recipe.imageSize(),
                true,
                recipe.data(),
                recipe.autoencoder(),
                recipe.firstStage(),
                recipe.model(),
                recipe.training(),
                recipe.sampling());
        assertThatThrownBy(() -> LdmRecipes.check(latent)).hasMessageContaining("$.autoencoder");
    }

    @Test
    void anUnconditionalModelNeedsNoContexts() throws IOException {
        String written = PIXELS.replace("painted: {identities: 10, images: 2, seed: 1}", "folder: {images: a}")
                .replace("model:\n", "model:\n  is_context_conditional: false\n");

        assertThat(LdmRecipes.parse(tree(written)).data().folder().orElseThrow().images())
                .isEqualTo("a");
    }

    private static ObjectNode tree(String yaml) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(yaml);
    }
}
