package org.facemill.ldm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.diffusion.training.EmaDecay;
import org.junit.jupiter.api.Test;

class ShippedRecipesTest {

    @Test
    void theDemoModelsRecipeIsRead() throws IOException {
        LdmRecipe recipe = TinyRecipes.parse(Files.readString(Path.of("../../models/demo/recipe.yaml")));

        assertThat(recipe.data().painted().orElseThrow().identities()).isGreaterThan(5_000);
        assertThat(TrainerConfigs.denoiser(recipe).average()).isEqualTo(EmaDecay.INTENDED);
        assertThat(TrainerConfigs.vq(recipe.autoencoder().orElseThrow(), recipe.imageSize())
                        .factor())
                .isEqualTo(4);
        assertThat(TrainerConfigs.unet(recipe.model(), 3).levels()).isEqualTo(4);
        assertThat(recipe.firstStage()).isEmpty();
        assertThat(TrainerConfigs.schedule(recipe).steps())
                .isEqualTo(recipe.training().keptLevels());
    }

    @Test
    void theRecipeOfIdiffFaceIsRead() throws IOException {
        LdmRecipe recipe = TinyRecipes.parse(Files.readString(Path.of("../../recipes/ldm-idiff-face.yaml")));

        assertThat(TrainerConfigs.unet(recipe.model(), 3).crossAttends()).isTrue();
        assertThat(TrainerConfigs.denoiser(recipe).learningRate().at(10_000))
                .as("the first restart")
                .isEqualTo(1e-4);
        assertThat(recipe.firstStage()).contains("models/autoencoder");
    }
}
