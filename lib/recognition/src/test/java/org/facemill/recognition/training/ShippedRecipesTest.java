package org.facemill.recognition.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipes;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;
import org.facemill.recognition.head.ArcFace;
import org.facemill.recognition.head.CosFace;
import org.facemill.recognition.head.MarginHeads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedRecipesTest {

    private static final Path RECIPES = Path.of(System.getProperty("facemill.root", "../.."), "recipes");

    @Test
    void idiffFacesRecipeIsTheOriginals() throws IOException {
        RecogniserTraining training = read("fr-idiff-face.yaml");

        assertThat(training.backbone()).isEqualTo("iresnet50");
        assertThat(MarginHeads.REGISTRY.of(training.head())).isEqualTo(new CosFace(64, 0.35));
        assertThat(RateSchedules.REGISTRY.of(training.schedule())).isEqualTo(new PlateauSchedule(0.05, 0.1, 4, 6));
        assertThat(training.optimizer()).isEqualTo(new RecogniserTraining.Optimizer(0.9, 5e-4, true, 5));
    }

    @Test
    void admisRecipeIsTheOriginals() throws IOException {
        RecogniserTraining training = read("fr-admis.yaml");

        assertThat(TrainingGraph.backbone(training).name()).isEqualTo("ir50");
        assertThat(MarginHeads.REGISTRY.of(training.head())).isEqualTo(new ArcFace(64, 0.5, true));
        assertThat(RateSchedules.REGISTRY.of(training.schedule()))
                .isEqualTo(new StepSchedule(0.1, 0.1, List.of(22, 28, 32), 0));
        assertThat(training.epochs()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr-laptop.yaml", "fr-lfw.yaml"})
    void smallRecipesCanBeTrained(String file) throws IOException {
        assertThat(TrainingGraph.record(read(file), 7).outputs()).containsExactly("loss", "accuracy");
    }

    private static RecogniserTraining read(String file) throws IOException {
        return RecogniserRecipes.read(Files.readString(RECIPES.resolve(file))).training();
    }
}
