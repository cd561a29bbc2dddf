package org.facemill.contracts.recipe.recogniser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class RecogniserRecipesTest {

    @Test
    void whatIsLeftOutTakesItsDefault() {
        RecogniserTraining training =
                RecogniserRecipes.read("training: {epochs: 3}").training();

        assertThat(training.epochs()).isEqualTo(3);
        assertThat(training.backbone()).isEqualTo("iresnet-slim");
        assertThat(training.dropout()).as("the backbone's own").isEmpty();
        assertThat(training.head().type()).isEqualTo("cosface");
        assertThat(training.head().parameters().get("margin").doubleValue()).isEqualTo(0.35);
        assertThat(training.schedule().parameters().get("milestones")).hasSize(3);
        assertThat(training.precision()).isEqualTo(Precision.FP32);
    }

    @Test
    void theParametersOfAChoiceAreThoseOfItsType() {
        RecogniserTraining training = RecogniserRecipes.read(
                        "training: {head: {type: arcface, scale: 32}, schedule: {type: plateau}}")
                .training();

        assertThat(training.head().parameters().get("margin").doubleValue()).isEqualTo(0.5);
        assertThat(training.head().parameters().get("scale").doubleValue()).isEqualTo(32);
        assertThat(training.schedule().parameters().get("patience").intValue()).isEqualTo(4);
        assertThat(training.schedule().parameters().has("milestones")).isFalse();
    }

    @Test
    void parametersOfAnotherTypeAndOutOfRangeAreRefused() {
        assertThatThrownBy(
                        () -> RecogniserRecipes.read(
                                "training: {head: {type: cosface, monotone: true, scale: -1}, schedule: {patience: 3}, batch_size: 1}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("$.training.head.monotone")
                .hasMessageContaining("$.training.head.scale")
                .hasMessageContaining("$.training.schedule.patience")
                .hasMessageContaining("$.training.batch_size");
    }

    @Test
    void anUnknownChoiceIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> RecogniserRecipes.read("training: {backbone: vgg, head: {type: sphereface}}"))
                .hasMessageContaining("$.training.backbone")
                .hasMessageContaining("iresnet50")
                .hasMessageContaining("$.training.head.type")
                .hasMessageContaining("curricularface");
    }

    @Test
    void everyOldSpellingIsRefusedWithTheNewOne() {
        assertThatThrownBy(() -> RecogniserRecipes.read("recipe: {backbone: ir50}"))
                .hasMessageContaining("$.recipe: is training now");
        assertThatThrownBy(() -> RecogniserRecipes.read("""
                        training:
                          batchSize: 8
                          precision: f32
                          head: elasticface-arc
                          learningRate: 0.1
                          optimizer: {weightDecay: 0.1, clipNorm: 5}
                          schedule: {warmUp: 1}
                        """))
                .hasMessageContaining("$.training.batchSize: is spelt batch_size now")
                .hasMessageContaining("$.training.precision: 'f32' is written fp32 now")
                .hasMessageContaining(
                        "$.training.head: 'elasticface-arc' is written {type: elasticface, angular: true} now")
                .hasMessageContaining("$.training.learningRate: is training.schedule.base now")
                .hasMessageContaining("$.training.optimizer.weightDecay: is spelt weight_decay now")
                .hasMessageContaining("$.training.optimizer.clipNorm: is spelt clip_norm now")
                .hasMessageContaining("$.training.schedule.warmUp: is spelt warm_up now")
                .hasMessageNotContaining("not defined in the schema");
    }
}
