package org.facemill.ldm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.Precision;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdmTrainingTest {

    @TempDir
    private Path folder;

    @Test
    void aModelWithItsCardComesOut() throws IOException {
        Witness witness = new Witness(Integer.MAX_VALUE);

        Optional<LdmTraining.Result> result = train(TinyRecipes.LATENT, "a", witness);

        assertThat(result.orElseThrow().steps()).isEqualTo(5);
        assertThat(result.orElseThrow().loss()).isPositive();
        assertThat(witness.stages.stream().distinct())
                .containsExactly(
                        "autoencoder 1",
                        "autoencoder 2",
                        "autoencoder 3",
                        "autoencoder 4",
                        "encode 12",
                        "decoder 1",
                        "decoder 2",
                        "denoiser 1",
                        "denoiser 2",
                        "denoiser 3",
                        "denoiser 4",
                        "denoiser 5");
        assertThat(witness.grids.keySet()).containsExactly(3L, 5L);
        try (GeneratorModel model = GeneratorModel.open(model("a"), Precision.FP32)) {
            assertThat(model.config().schedule().steps()).isEqualTo(16);
            assertThat(model.conditional(Noise.unitVector(1, 1, 512)).noise(new float[model.latentSize()], 3))
                    .hasSize(3 * 8 * 8);
        }
        assertThat(Files.readString(model("a").resolve("MODEL_CARD.md")))
                .contains(
                        "# model-a",
                        "seed 1, 6 identities x 2",
                        "Licence: Apache-2.0",
                        "5 steps of 4, seed 7",
                        "batch_size: 4");
    }

    @Test
    void aGridHasRowsOfEachKindOfContextAndOfPictures() throws IOException {
        Witness witness = new Witness(Integer.MAX_VALUE);

        train(TinyRecipes.PIXELS, "a", witness);

        RgbImage grid = witness.grids.get(5L);
        assertThat(List.of(grid.width(), grid.height())).containsExactly(8 * 16, 6 * 16);
        RgbImage painted = TrainingImages.open(
                        TinyRecipes.parse(TinyRecipes.PIXELS), folder, folder, (stage, done, total) -> {})
                .set()
                .image(0);
        assertThat(grid.crop(0, 5 * 16, 16, 16)).isEqualTo(painted);
        assertThat(grid.crop(0, 16, 16, 16)).as("the same context and noise").isEqualTo(grid.crop(0, 2 * 16, 16, 16));
        assertThat(grid.crop(16, 16, 16, 16)).isNotEqualTo(grid.crop(16, 2 * 16, 16, 16));
    }

    @Test
    void aTrainingThatIsCutAnywhereEndsWithTheSameModel() throws IOException {
        train(TinyRecipes.LATENT, "uncut", new Witness(Integer.MAX_VALUE));

        // stops in the autoencoder's steps, after encoding, in the decoder's and in the denoiser's
        for (int reports : new int[] {3, 2, 2, 3, 3}) {
            assertThat(train(TinyRecipes.LATENT, "cut", new Witness(reports))).isEmpty();
        }
        double loss = train(TinyRecipes.LATENT, "cut", new Witness(Integer.MAX_VALUE))
                .orElseThrow()
                .loss();

        assertThat(loss)
                .isEqualTo(train(TinyRecipes.LATENT, "uncut", new Witness(Integer.MAX_VALUE))
                        .orElseThrow()
                        .loss());
        for (String file : List.of("unet.safetensors", "autoencoder/autoencoder.safetensors")) {
            assertThat(model("cut").resolve(file))
                    .hasSameBinaryContentAs(model("uncut").resolve(file));
        }
    }

    @Test
    void anUnconditionalModelOnPixelsIsTrained() throws IOException {
        String unconditional = TinyRecipes.PIXELS
                .replace("model:\n", "model:\n  is_context_conditional: false\n")
                .replace("data:\n", "data:\n  horizontal_flip: true\n");
        Witness witness = new Witness(Integer.MAX_VALUE);

        train(unconditional, "a", witness);

        assertThat(witness.grids.get(5L).height()).isEqualTo(2 * 16);
        try (GeneratorModel model = GeneratorModel.open(model("a"), Precision.FP32)) {
            assertThat(model.config().latent()).isFalse();
            assertThat(model.config().unet().isContextConditional()).isFalse();
        }
    }

    @Test
    void anAutoencoderThatIsTrainedAlreadyIsTakenAsItIs() throws IOException {
        train(TinyRecipes.LATENT, "a", new Witness(Integer.MAX_VALUE));
        Witness witness = new Witness(Integer.MAX_VALUE);

        train(
                TinyRecipes.LATENT.replaceFirst("(?s)autoencoder:.*?model:", "first_stage: model-a\nmodel:"),
                "b",
                witness);

        assertThat(witness.stages).contains("encode 12", "denoiser 5").doesNotContain("autoencoder 1");
        for (String file : List.of("autoencoder/autoencoder.safetensors", "autoencoder/first_stage_config.yaml")) {
            assertThat(model("b").resolve(file))
                    .hasSameBinaryContentAs(model("a").resolve(file));
        }
        assertThat(Files.readString(model("b").resolve("MODEL_CARD.md"))).contains("as given, model-a");
    }

    @Test
    void contextsOfAnotherLengthAreRefused() {
        String other = TinyRecipes.PIXELS.replace("context_input_channels: 512", "context_input_channels: 128");

        assertThatThrownBy(() -> train(other, "a", new Witness(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128")
                .hasMessageContaining("512");
    }

    private Optional<LdmTraining.Result> train(String recipe, String name, Witness witness) throws IOException {
        return LdmTraining.run(TinyRecipes.parse(recipe), folder, folder.resolve("work-" + name), model(name), witness);
    }

    private Path model(String name) {
        return folder.resolve("model-" + name);
    }

    /** Notes what it is told, and says stop after so many reports. */
    private static final class Witness implements TrainingObserver {
        private final int reports;
        private final List<String> stages = new ArrayList<>();
        private final Map<Long, RgbImage> grids = new TreeMap<>();

        Witness(int reports) {
            this.reports = reports;
        }

        @Override
        public boolean progress(String stage, long done, long total, Map<String, Double> metrics) {
            stages.add(stage + " " + done);
            return stages.size() < reports;
        }

        @Override
        public void saved(long steps) {
            assertThat(steps).isPositive();
        }

        @Override
        public void sampled(long step, RgbImage grid) {
            grids.put(step, grid);
        }
    }
}
