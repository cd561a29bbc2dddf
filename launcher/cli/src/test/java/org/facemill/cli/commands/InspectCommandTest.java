package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.cli.Run;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aCheckpointIsListedWithTypesShapesAndNorms() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", Tensor.of(new long[] {2, 2}, 1, 2, 4, 2));
        tensors.put("step", Tensor.of(new long[0], 7L));
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, tensors, Map.of("format", "pt"));

        Run run = Run.facemill("inspect", file.toString(), "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("conv.weight", "[2, 2]");
        JsonNode result = run.json();
        assertThat(result.get("format").textValue()).isEqualTo("SAFETENSORS");
        assertThat(result.get("elements").intValue()).isEqualTo(5);
        assertThat(result.get("tensors").get(0).get("norm").doubleValue()).isEqualTo(5);
        assertThat(result.get("values").get("format").textValue()).isEqualTo("pt");
        assertThat(result.get("contexts")).isEmpty();
    }

    @Test
    void contextsAreRecognisedAsSuch() throws IOException {
        Path file = folder.resolve("contexts.npy");
        Safetensors.write(file, Map.of("contexts", Tensor.of(new long[] {2, 3}, 0.6f, 0.8f, 0, 0, 0, 2)), Map.of());

        JsonNode contexts = Run.facemill("inspect", file.toString(), "--json")
                .json()
                .get("contexts")
                .get(0);

        assertThat(contexts.get("identities").intValue()).isEqualTo(2);
        assertThat(contexts.get("length").intValue()).isEqualTo(3);
        assertThat(contexts.get("smallest_norm").doubleValue()).isCloseTo(1, within(1e-6));
        assertThat(contexts.get("largest_norm").doubleValue()).isEqualTo(2);
    }

    @Test
    void aFileThatWantsToRunSomethingIsRefused() throws IOException {
        Path file = folder.resolve("evil.pth");
        Files.write(file, "\u0080\u0002cos\nsystem\n)R.".getBytes(StandardCharsets.ISO_8859_1));

        Run run = Run.facemill("inspect", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("evil.pth", "`os.system`", "refused");
    }
}
