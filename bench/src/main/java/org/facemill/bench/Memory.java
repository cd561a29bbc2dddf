package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

final class Memory implements Section {
    private static final int FORWARDS = 10_000;
    private static final int EDGE = 8;
    private static final double MEGA = 1e6;
    private static final UNetConfig TINY = new UNetConfig(
            3,
            32,
            List.of(1, 2),
            1,
            new UNetConfig.Attention(List.of(false, true), -1, 32),
            ConditionType.CA,
            new UNetConfig.ContextInput(true, 512, 32, 0, false, 0));

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "resident memory of loading the published U-Net, and over 10,000 evaluations of a tiny one (Linux)";
    }

    @Override
    public void run(int calls, Consumer<String> out) throws IOException, InterruptedException {
        evaluate(100, line -> {});
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            load(dtype, out);
        }
        evaluate(FORWARDS, out);
    }

    private static void load(DType dtype, Consumer<String> out) throws IOException, InterruptedException {
        Graph graph = ConditionalUNet.inference(Published.UNET, dtype, Published.EDGE);
        Path file = Files.createTempFile("unet", ".safetensors");
        try {
            Safetensors.write(file, Published.weights(graph), Map.of());
            double before = resident();
            try (TensorFile open = TensorFile.open(file);
                    Parameters parameters = Parameters.load(graph, "unet", open.tensors());
                    Network network = Network.load(graph, parameters)) {
                double raised = resident() - before;
                out.accept("%-4s loading a checkpoint of %.0f MB raises it by %.0f MB, %.2f times as much"
                        .formatted(dtype, Files.size(file) / MEGA, raised, raised * MEGA / Files.size(file)));
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void evaluate(int forwards, Consumer<String> out) throws IOException, InterruptedException {
        Graph graph = ConditionalUNet.inference(TINY, DType.BF16, EDGE);
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters)) {
            for (int i = 0; i <= forwards; i++) {
                try (Scope scope = Scope.open()) {
                    network.apply(
                                    scope,
                                    scope.zeros(1, 3, EDGE, EDGE),
                                    scope.longs(new long[] {i % 1000}, 1),
                                    scope.zeros(1, 512),
                                    scope.bytes(new byte[1], 1))
                            .floats();
                }
                if (i % 2000 == 0) {
                    out.accept("after %6d evaluations: %.0f MB".formatted(i, resident()));
                }
            }
        }
    }

    /** In MB, once the heap has given back what it does not need. */
    private static double resident() throws IOException, InterruptedException {
        System.gc();
        Thread.sleep(1000);
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / MEGA;
    }
}
