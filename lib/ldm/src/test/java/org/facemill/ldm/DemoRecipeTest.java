package org.facemill.ldm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.contracts.recipe.LdmRecipe;
import org.facemill.diffusion.training.AverageDecay;
import org.junit.jupiter.api.Test;

class DemoRecipeTest {

    @Test
    void theDemoModelsRecipeIsRead() throws IOException {
        LdmRecipe recipe = TinyRecipes.parse(Files.readString(Path.of("../../models/demo/recipe.yaml")));

        assertThat(recipe.data().painted().orElseThrow().identities()).isGreaterThan(5_000);
        assertThat(TrainingTerms.denoiser(recipe).average()).isEqualTo(AverageDecay.INTENDED);
        assertThat(TrainingTerms.vq(recipe.autoencoder().orElseThrow(), recipe.imageSize()).factor()).isEqualTo(4);
        assertThat(TrainingTerms.unet(recipe).inputChannels()).isEqualTo(3);
        assertThat(TrainingTerms.schedule(recipe).steps()).isEqualTo(recipe.training().keptLevels());
    }
}
