package org.facemill.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextSourcesTest {

    @TempDir
    private Path folder;

    @Test
    void uniformContextsAreUnitVectorsThatFollowFromSeedAndOrdinal() {
        SeededSource uniform = (SeededSource) ContextSources.REGISTRY.named("uniform");

        float[] context = uniform.context(7, 3);

        assertThat(context).hasSize(IdentityContext.DIMENSION).isEqualTo(uniform.context(7, 3));
        double squares = 0;
        for (float value : context) {
            squares += (double) value * value;
        }
        assertThat(squares).isBetween(1 - 1e-6, 1 + 1e-6);
        assertThat(uniform.context(7, 4)).isNotEqualTo(context);
        assertThat(uniform.context(8, 3)).isNotEqualTo(context);
    }

    @Test
    void aFilesContextsKeepNamesAndNumbers() throws IOException {
        Map<String, float[]> written = Map.of("ann", vector(IdentityContext.DIMENSION, 2.5f));

        Map<String, float[]> read = read(written);

        assertThat(read).containsOnlyKeys("ann");
        assertThat(read.get("ann")).isEqualTo(written.get("ann"));
    }

    @Test
    void aFileThatGivesNoIdentitiesIsRefusedByName() {
        assertThatThrownBy(() -> read(Map.of("ann", vector(3, 1))))
                .isInstanceOf(IOException.class)
                .hasMessage(file() + ": holds vectors of 3 values, contexts have 512");
        assertThatThrownBy(() -> read(Map.of("nobody", vector(IdentityContext.DIMENSION, 0))))
                .isInstanceOf(IOException.class)
                .hasMessage(file() + ": the context `nobody` is the zero vector, which has no direction; leave it out");
    }

    private Map<String, float[]> read(Map<String, float[]> contexts) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        contexts.forEach((name, vector) -> tensors.put(name, Tensor.of(new long[] {vector.length}, vector)));
        Safetensors.write(file(), tensors, Map.of());
        return new FileSource(file().getFileName().toString()).read(folder::resolve);
    }

    private Path file() {
        return folder.resolve("contexts.safetensors");
    }

    private static float[] vector(int length, float value) {
        float[] vector = new float[length];
        Arrays.fill(vector, value);
        return vector;
    }
}
