package org.facemill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.ContextNorm;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextNormTest {

    @TempDir
    Path folder;

    @Test
    void unitIsWhatAdmisDoesToItsEmbeddings() throws IOException {
        float[] expected = Golden.floats("09_formats/admis_contexts_expected_normalized.npy");
        var contexts = Contexts.read(Golden.path("09_formats/admis_elasticface_embeddings.npy"));

        for (int i = 0; i < 20 * 512; i++) {
            float[] unit = ContextNorm.UNIT.of(contexts.get("" + i / 512));
            assertThat(unit[i % 512]).isCloseTo(expected[i], within(1e-7f));
        }
    }

    @Test
    void aUnitVectorStaysAsItIsToTheBit() {
        for (int i = 0; i < 100; i++) {
            float[] unit = Noise.unitVector(1, i, 512);

            assertThat(ContextNorm.UNIT.of(unit)).containsExactly(unit);
        }
    }

    @Test
    void aZeroVectorHasNoDirection() {
        assertThatThrownBy(() -> ContextNorm.UNIT.of(new float[4])).hasMessageContaining("no direction");
        assertThat(ContextNorm.AS_WRITTEN.of(new float[4])).containsExactly(0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "model: {context_norm: unit}", "model: {context_norm: as_written}"})
    void theConfigurationSaysWhetherAContextsLengthCounts(String written) throws IOException {
        Files.copy(Golden.path("05_sampling/model.ckpt"), folder.resolve("model.ckpt"));
        Files.writeString(
                folder.resolve("config.yaml"), "latent_diffusion: false\nconstants: {image_size: 16}\n" + written);
        float[] context = Noise.unitVector(1, 0, 512);
        float[] longer = new float[512];
        for (int i = 0; i < 512; i++) {
            longer[i] = 3 * context[i];
        }

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            float[] x = new float[model.latentSize()];
            boolean same = difference(
                            model.conditional(context).noise(x, 10),
                            model.conditional(longer).noise(x, 10))
                    < 1e-5;

            assertThat(same).isEqualTo(!written.contains("as_written"));
        }
    }

    @Test
    void anotherWordIsRefused() throws IOException {
        Files.copy(Golden.path("05_sampling/model.ckpt"), folder.resolve("model.ckpt"));
        Files.writeString(folder.resolve("config.yaml"), "latent_diffusion: false\nmodel: {context_norm: l2}\n");

        assertThatThrownBy(() -> GeneratorModel.open(folder, Precision.FP32))
                .hasMessageContaining("context_norm")
                .hasMessageContaining("unit or as_written");
    }

    private static double difference(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }
}
