package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.facemill.contracts.Noise;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenoiserTrainerTest {
    private static final UNetConfig NETWORK = new UNetConfig(
            3,
            32,
            List.of(1, 1),
            1,
            new UNetConfig.Attention(List.of(false, true), -1, 32),
            ConditionType.ADA_GN,
            new UNetConfig.ContextInput(true, 8, 32, 0, true, 0.25));
    private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(1000);

    @TempDir
    private Path folder;

    @Test
    void a_run_that_is_cut_and_resumed_gives_the_weights_of_an_uncut_one() throws IOException {
        DenoiserRecipe recipe = recipe(EmaDecay.INTENDED);
        Path checkpoint = folder.resolve("denoiser.safetensors");

        try (DenoiserTrainer uncut = DenoiserTrainer.start(NETWORK, SCHEDULE, recipe, new RandomSet())) {
            for (int i = 0; i < 5; i++) {
                uncut.advance();
                if (uncut.step() == 2) {
                    uncut.save(checkpoint);
                }
            }
            try (DenoiserTrainer resumed =
                    DenoiserTrainer.resume(checkpoint, NETWORK, SCHEDULE, recipe, new RandomSet())) {
                assertThat(resumed.step()).isEqualTo(2);
                for (int i = 2; i < 5; i++) {
                    resumed.advance();
                }
                assertSame(uncut.parameters(), resumed.parameters());
            }
        }
    }

    @Test
    void the_faithful_average_is_the_live_model_and_the_intended_one_is_not() {
        assertThat(averageEqualsModel(EmaDecay.FAITHFUL)).isTrue();
        assertThat(averageEqualsModel(EmaDecay.INTENDED)).isFalse();
    }

    @Test
    void training_lowers_the_loss() {
        DenoiserRecipe recipe = new DenoiserRecipe(
                100,
                4,
                new WarmRestarts(2e-3, 1000, 2),
                EmaDecay.INTENDED,
                new DenoiserRecipe.ContextTraining(0, 0, 1, false),
                1,
                Optional.empty(),
                DType.F32,
                3);
        try (DenoiserTrainer trainer = DenoiserTrainer.start(NETWORK, SCHEDULE, recipe, new RandomSet())) {
            double first = 0;
            double last = 0;
            for (int i = 0; i < 60; i++) {
                float loss = trainer.advance();
                first += i < 10 ? loss / 10 : 0;
                last += i >= 50 ? loss / 10 : 0;
            }

            assertThat(last).isLessThan(0.8 * first);
        }
    }

    @Test
    void weights_change_what_is_learned_and_not_what_is_reported() {
        try (DenoiserTrainer plain =
                        DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(1, Optional.empty()), new RandomSet());
                DenoiserTrainer weighted =
                        DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(5, Optional.empty()), new RandomSet())) {
            assertThat(weighted.advance()).isEqualTo(plain.advance());
            // the first of Adam's steps depends on the gradients' signs alone
            weighted.advance();
            plain.advance();
            assertThat(weighted.advance()).isNotEqualTo(plain.advance());
        }
    }

    @Test
    void gradients_are_clipped_to_the_norm_that_the_recipe_allows() {
        try (DenoiserTrainer free =
                        DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(1, Optional.empty()), new RandomSet());
                DenoiserTrainer bound =
                        DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(1, Optional.of(1e-9)), new RandomSet())) {
            for (int i = 0; i < 3; i++) {
                free.advance();
                bound.advance();
            }

            assertThat(largestMoment(free)).isGreaterThan(1e-4);
            // Adam's mean of three gradients no longer than 1e-9
            assertThat(largestMoment(bound)).isLessThan(1e-9);
        }
    }

    private static double largestMoment(DenoiserTrainer trainer) {
        Parameters parameters = trainer.parameters();
        return parameters.names().stream()
                .filter(name -> name.startsWith("optimizer.exp_avg."))
                .flatMapToDouble(name -> {
                    float[] values = parameters.get(name).floats();
                    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i]));
                })
                .max()
                .orElseThrow();
    }

    private static DenoiserRecipe recipe(double maxLossWeight, Optional<Double> maxGradNorm) {
        return new DenoiserRecipe(
                3,
                4,
                new WarmRestarts(1e-3, 10, 2),
                EmaDecay.INTENDED,
                new DenoiserRecipe.ContextTraining(0, 0, 1, false),
                maxLossWeight,
                maxGradNorm,
                DType.F32,
                3);
    }

    @Test
    void parts_of_a_batch_computed_at_once_give_the_whole_batchs_step() {
        try (DenoiserTrainer whole =
                        DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(1, Optional.of(1.0)), new RandomSet(), 1);
                DenoiserTrainer parts =
                        DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(1, Optional.of(1.0)), new RandomSet(), 3)) {
            for (int i = 0; i < 3; i++) {
                // batches of 4: parts of 1, 1 and 2
                assertThat(parts.advance()).isCloseTo(whole.advance(), within(1e-4f));
            }
            assertThat(parts.parameters().get("optimizer.exp_avg.final.weight").floats())
                    .containsExactly(
                            whole.parameters()
                                    .get("optimizer.exp_avg.final.weight")
                                    .floats(),
                            within(1e-4f));
        }
    }

    @Test
    void a_set_smaller_than_a_batch_is_refused() {
        DenoiserRecipe recipe = new DenoiserRecipe(
                1,
                100,
                new WarmRestarts(1e-3, 10, 2),
                EmaDecay.INTENDED,
                new DenoiserRecipe.ContextTraining(0, 0, 1, false),
                1,
                Optional.empty(),
                DType.F32,
                3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DenoiserTrainer.start(NETWORK, SCHEDULE, recipe, new RandomSet()))
                .withMessageContaining("100")
                .withMessageContaining("12");
    }

    private static boolean averageEqualsModel(EmaDecay average) {
        try (DenoiserTrainer trainer = DenoiserTrainer.start(NETWORK, SCHEDULE, recipe(average), new RandomSet())) {
            for (int i = 0; i < 4; i++) {
                trainer.advance();
            }
            Parameters parameters = trainer.parameters();
            return Arrays.equals(
                    parameters.get("final.weight").floats(),
                    parameters.get("ema.final.weight").floats());
        }
    }

    private static DenoiserRecipe recipe(EmaDecay average) {
        return new DenoiserRecipe(
                5,
                4,
                new WarmRestarts(1e-3, 10, 2),
                average,
                new DenoiserRecipe.ContextTraining(0.25, 0.5, 2, true),
                5,
                Optional.of(1.0),
                DType.F32,
                3);
    }

    private static void assertSame(Parameters one, Parameters other) {
        assertThat(other.names()).isEqualTo(one.names());
        for (String name : one.names()) {
            assertThat(other.get(name).floats())
                    .as(name)
                    .containsExactly(one.get(name).floats());
        }
    }

    /** Twelve smooth random samples with contexts. */
    private static final class RandomSet implements TrainingSet {
        @Override
        public int size() {
            return 12;
        }

        @Override
        public long[] shape() {
            return new long[] {3, 8, 8};
        }

        @Override
        public int contextLength() {
            return 8;
        }

        @Override
        public void sample(int index, float[] out, int at) {
            Arrays.fill(out, at, at + 3 * 8 * 8, index / 6f - 1);
        }

        @Override
        public void context(int index, float[] out, int at) {
            System.arraycopy(Noise.unitVector(1, index, 8), 0, out, at, 8);
        }
    }
}
