package org.facemill.recognition.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.facemill.recognition.head.ArcFace;
import org.facemill.recognition.head.CosFace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrPlanTest {

    private static final Path RECIPES = Path.of(System.getProperty("facemill.root", "../.."), "recipes");

    @Test
    void idiffFacesRecipeIsTheSeeds() throws IOException {
        FrRecipe recipe = FrPlan.read(RECIPES.resolve("fr-idiff-face.yaml")).recipe();

        assertThat(recipe.backbone()).isEqualTo("iresnet50");
        assertThat(recipe.head()).isEqualTo(new CosFace(64, 0.35));
        assertThat(recipe.schedule()).isEqualTo(new Schedule.Plateau(0.05, 0.1, 4, 6));
        assertThat(recipe.optimizer()).isEqualTo(new FrRecipe.Optimizer(0.9, 5e-4, true, 5));
    }

    @Test
    void admisRecipeIsTheSeeds() throws IOException {
        FrRecipe recipe = FrPlan.read(RECIPES.resolve("fr-admis.yaml")).recipe();

        assertThat(recipe.network().name()).isEqualTo("ir50");
        assertThat(recipe.head()).isEqualTo(new ArcFace(64, 0.5, true));
        assertThat(recipe.schedule()).isEqualTo(new Schedule.Steps(0.1, 0.1, List.of(22, 28, 32), 0));
        assertThat(recipe.epochs()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr-laptop.yaml", "fr-lfw.yaml"})
    void smallRecipesCanBeTrained(String file) throws IOException {
        FrRecipe recipe = FrPlan.read(RECIPES.resolve(file)).recipe();

        assertThat(TrainingGraph.record(recipe, 7).outputs()).containsExactly("loss", "accuracy");
    }

    @Test
    void aMissingFieldIsNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("recipe.yaml");
        Files.writeString(file, "data: []\nbenchmarks: []\nholdout: 0\nrecipe: {backbone: ir50}\n");

        assertThatThrownBy(() -> FrPlan.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recipe.yaml")
                .hasMessageContaining("dropout");
    }

    @Test
    void mixedDatasetsKeepTheirClassesApartAndComeByWeight() {
        StripedFaces authentic = new StripedFaces(2, 3, 1);
        StripedFaces synthetic = new StripedFaces(4, 2, 2);

        MixedDataset mixed =
                new MixedDataset(List.of(new MixedDataset.Part(authentic, 2), new MixedDataset.Part(synthetic, 1)));

        assertThat(mixed.size()).isEqualTo(20);
        assertThat(mixed.classes()).isEqualTo(6);
        assertThat(mixed.label(11)).isEqualTo(1);
        assertThat(mixed.image(11)).isEqualTo(authentic.image(5));
        assertThat(mixed.label(12)).isEqualTo(2);
        assertThat(mixed.label(19)).isEqualTo(5);
    }

    @Test
    void heldOutClassesAreLabelledFromZero() {
        StripedFaces faces = new StripedFaces(5, 2, 1);

        LabelRange heldOut = new LabelRange(faces, 3, 5);

        assertThat(heldOut.size()).isEqualTo(4);
        assertThat(heldOut.label(0)).isZero();
        assertThat(heldOut.label(3)).isEqualTo(1);
        assertThat(heldOut.image(3)).isEqualTo(faces.image(9));
    }
}
