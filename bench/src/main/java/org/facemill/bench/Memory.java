package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

final class Memory implements Section {
    private static final UNetConfig TINY = new UNetConfig(3, 32, List.of(1, 2), List.of(false, true), -1, 32, 1,
            ConditionType.CA, 512, 32, true, 0, false, 0);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "resident memory over 10,000 evaluations of a tiny U-Net (Linux)";
    }

    @Override
    public void run(Consumer<String> out) throws IOException {
        Graph graph = ConditionalUNet.inference(TINY, DType.F32);
        try (Parameters parameters = Parameters.initialise(graph, 1); Network network = Network.load(graph, parameters)) {
            for (int i = 0; i <= 10_000; i++) {
                try (Scope scope = Scope.open()) {
                    network.apply(scope, scope.zeros(1, 3, 8, 8), scope.longs(new long[] {i % 1000}, 1), scope.zeros(1, 512),
                            scope.bytes(new byte[1], 1)).floats();
                }
                if (i % 2000 == 0) {
                    out.accept("after %6d: %s".formatted(i, resident()));
                }
            }
        }
    }

    private static String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS"))
                .findFirst().orElseThrow().replaceAll("\\s+", " ");
    }
}
