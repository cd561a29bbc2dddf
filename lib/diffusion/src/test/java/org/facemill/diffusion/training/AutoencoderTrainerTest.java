package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderTrainerTest {
    private static final VqConfig NETWORK = new VqConfig(3, 16, 3, 16, 3, 3, 32, List.of(1, 1), 0, List.of(), 0);
    private static final ImageSet IMAGES = new Squares(10, 16, 0);

    @TempDir
    private Path folder;

    @Test
    void a_run_that_is_cut_at_any_step_and_resumed_gives_the_weights_of_an_uncut_one() throws IOException {
        AutoencoderRecipe recipe = recipe(2, 2);

        try (AutoencoderTrainer uncut = AutoencoderTrainer.start(NETWORK, recipe, IMAGES)) {
            uncut.save(checkpoint(0));
            for (int step = 1; step <= recipe.steps(); step++) {
                uncut.advance();
                uncut.save(checkpoint(step));
            }
            for (int cut = 0; cut < recipe.steps(); cut++) {
                try (AutoencoderTrainer resumed = AutoencoderTrainer.resume(checkpoint(cut), NETWORK, recipe, IMAGES)) {
                    assertThat(resumed.step()).isEqualTo(cut);
                    while (resumed.step() < recipe.steps()) {
                        resumed.advance();
                    }
                    assertSame(uncut.parameters(), resumed.parameters());
                }
            }
        }
    }

    @Test
    void training_lowers_the_error() {
        try (AutoencoderTrainer trainer = AutoencoderTrainer.start(NETWORK, recipe(1, 40), IMAGES)) {
            double first = trainer.advance();
            double last = first;
            while (trainer.step() < 40) {
                last = trainer.advance();
            }

            assertThat(last).isLessThan(0.7 * first).isPositive();
        }
    }

    private Path checkpoint(int step) {
        return folder.resolve(step + ".safetensors");
    }

    private static AutoencoderRecipe recipe(long crops, long whole) {
        return new AutoencoderRecipe(
                AutoencoderLoss.DEFAULT,
                List.of(
                        new AutoencoderRecipe.Phase(crops, 2, 8, 0.03, 0.03),
                        new AutoencoderRecipe.Phase(whole, 2, 16, 0.03, 0.01)),
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
}
