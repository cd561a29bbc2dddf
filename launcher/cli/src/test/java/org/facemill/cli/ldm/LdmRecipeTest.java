package org.facemill.cli.ldm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.cli.CommandException;
import org.facemill.diffusion.training.AverageDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdmRecipeTest {

    private static final Path DEMO = Path.of("../../models/demo/recipe.yaml");

    @TempDir
    private Path folder;

    @Test
    void the_demo_model_s_recipe_is_read() throws IOException {
        LdmRecipe recipe = LdmRecipe.read(DEMO);

        assertThat(recipe.data().painted().orElseThrow().identities()).isEqualTo(12_000);
        assertThat(recipe.denoiserRecipe().average()).isEqualTo(AverageDecay.INTENDED);
        assertThat(recipe.autoencoderRecipe().steps()).isEqualTo(2500);
        assertThat(recipe.autoencoder().config(128).factor()).isEqualTo(4);
        assertThat(recipe.model().config(3).channelMultipliers()).containsExactly(1, 1, 2, 2);
    }

    @Test
    void a_key_that_is_missing_because_it_is_misspelt_is_named() throws IOException {
        Path misspelt = Files.writeString(folder.resolve("recipe.yaml"), Files.readString(DEMO).replace("  batch_size: 8", "  batchsize: 8"));

        assertThatThrownBy(() -> LdmRecipe.read(misspelt)).isInstanceOf(CommandException.class).hasMessageContaining("`training.batch_size`");
    }

    @Test
    void data_is_painted_or_a_folder_and_not_both() throws IOException {
        Path both = Files.writeString(folder.resolve("recipe.yaml"),
                Files.readString(DEMO).replace("data:\n", "data:\n  folder: {images: a, contexts: b.npz}\n"));

        assertThatThrownBy(() -> LdmRecipe.read(both)).isInstanceOf(CommandException.class).hasMessageContaining("either");
    }
}
