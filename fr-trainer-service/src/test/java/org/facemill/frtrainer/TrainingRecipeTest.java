package org.facemill.frtrainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.contracts.recipe.run.Training;
import org.facemill.recognition.training.FrRecipe;
import org.facemill.tensor.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRecipeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iresnet-slim",
                "iresnet18",
                "iresnet34",
                "iresnet50",
                "iresnet100",
                "ir18",
                "ir34",
                "ir50",
                "ir101",
                "ir101-curricularface"
            })
    void every_backbone_that_a_recipe_may_name_is_there(String backbone) {
        assertThat(backbone).matches(Training.BACKBONES);
        assertThat(recipe("backbone", backbone).backbone()).isEqualTo(backbone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosface", "arcface", "elasticface-arc", "elasticface-cos", "curricularface", "adaface"})
    void every_head_that_a_recipe_may_name_is_there(String head) {
        assertThat(head).matches(Training.HEADS);
        assertThat(recipe("head", head).head()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "bf16"})
    void the_recipe_chooses_the_arithmetic(String precision) {
        assertThat(recipe("precision", precision).precision())
                .isEqualTo(precision.equals("bf16") ? DType.BF16 : DType.F32);
    }

    private static FrRecipe recipe(String field, String value) {
        Training training = Recipes.parse(Json.MAPPER
                        .createObjectNode()
                        .put("identities", 64)
                        .put("images", 2)
                        .set(
                                "training",
                                Json.MAPPER
                                        .createObjectNode()
                                        .put("enabled", true)
                                        .put(field, value)))
                .training();
        return TrainingRecipe.of(training, 8, 1);
    }
}
