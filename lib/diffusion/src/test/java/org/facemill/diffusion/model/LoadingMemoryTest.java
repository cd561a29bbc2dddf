package org.facemill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Declaration;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingMemoryTest {
    private static final UNetConfig CONFIG = new UNetConfig(
            3,
            96,
            List.of(1, 2, 2),
            1,
            new UNetConfig.Attention(List.of(false, true, true), -1, 32),
            ConditionType.CA,
            new UNetConfig.ContextInput(true, 512, 256, 0, false, 0));

    @TempDir
    Path folder;

    @Test
    void loading_raises_resident_memory_by_less_than_1_3_times_the_checkpoint() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read as Linux tells it");
        Graph graph = ConditionalUNet.inference(CONFIG, DType.F32);
        Path file = folder.resolve("unet.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Declaration declaration : graph.declarations()) {
            tensors.put(declaration.name(), Tensor.of(declaration.shape(), new float[(int) declaration.size()]));
        }
        Safetensors.write(file, tensors, Map.of());
        tensors.clear();
        startEngine();
        System.gc();

        long before = residentBytes();
        try (TensorFile open = TensorFile.open(file);
                Parameters parameters = Parameters.load(graph, "unet", open.tensors())) {
            assertThat(graph.declarations().stream()
                                    .mapToLong(Declaration::size)
                                    .sum()
                            * Float.BYTES)
                    .isGreaterThan(100_000_000);
            assertThat(residentBytes() - before).isLessThan((long) (1.3 * Files.size(file)));
        }
    }

    /** What the engine itself takes is not counted. */
    private static void startEngine() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("y", new Layers(recorder).linear("fc", recorder.input("x"), 2, 2));
        Parameters.initialise(recorder.finish("tiny"), 1).close();
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
