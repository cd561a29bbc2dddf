package org.facemill.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.tensor.Tensor;
import org.facemill.torch.Declaration;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.ExportedCase;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/** The published networks with random weights, on random inputs. */
final class Published implements AutoCloseable {
    /** Floating-point operations of one U-Net evaluation per latent, two per multiply-add. */
    static final double UNET_GFLOP = 13.8;
    /** The same of one decoding per image. */
    static final double DECODE_GFLOP = 161;

    static final UNetConfig UNET = new UNetConfig(
            3,
            96,
            List.of(1, 2, 2, 2),
            2,
            new UNetConfig.Attention(List.of(false, true, true, true), -1, 32),
            ConditionType.CA,
            new UNetConfig.ContextInput(true, 512, 256, 0, false, 0.25));
    /** Height and width of latents. */
    static final int EDGE = 32;

    private final Parameters parameters;
    private final Network network;

    private Published(Graph graph) {
        parameters = Parameters.load(graph, graph.name(), weights(graph));
        network = Network.load(graph, parameters);
    }

    /** As sampling runs it on this device. */
    static Published unet(DType dtype) {
        return new Published(ConditionalUNet.inference(UNET, dtype, EDGE));
    }

    /** As it runs on any device. */
    static Published portableUnet(DType dtype) {
        return new Published(ConditionalUNet.inference(UNET, dtype));
    }

    static Published decoder(DType dtype) {
        return new Published(VqAutoencoder.decoder(VqConfig.published(), dtype));
    }

    /**
     * A checkpoint's tensors: scales of normalisations are 1, all else is small random numbers, none zero as fresh
     * networks have them. All share one block of memory.
     */
    static Map<String, Tensor> weights(Graph graph) {
        int longest = graph.declarations().stream()
                .mapToInt(declaration -> (int) declaration.size())
                .max()
                .orElseThrow();
        ByteBuffer random = ByteBuffer.allocate(longest * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Random numbers = new Random(1);
        while (random.hasRemaining()) {
            random.putFloat((numbers.nextFloat() - 0.5f) / 16);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Declaration declaration : graph.declarations()) {
            boolean scale =
                    declaration.shape().length == 1 && declaration.name().endsWith(".weight");
            tensors.put(
                    declaration.name(),
                    scale
                            ? Tensor.of(declaration.shape(), ones((int) declaration.size()))
                            : Tensor.of(
                                    DType.F32,
                                    declaration.shape(),
                                    random.slice(0, (int) declaration.size() * Float.BYTES)));
        }
        return tensors;
    }

    private static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    Stopwatch time(int batch, int calls) {
        try (Scope inputs = Scope.open()) {
            DeviceTensor[] arguments = arguments(inputs, batch);
            return Stopwatch.of(calls, () -> {
                try (Scope scope = Scope.open()) {
                    network.apply(scope, arguments).floats();
                }
            });
        }
    }

    /** The U-Net's prediction at step t for a batch of latents. */
    float[] noise(float[] latents, int t) {
        try (Scope scope = Scope.open()) {
            DeviceTensor x = scope.floats(latents, latents.length / (3 * EDGE * EDGE), 3, EDGE, EDGE);
            return network.apply(scope, x, scope.longs(new long[] {t}, 1), context(scope), scope.bytes(new byte[1], 1))
                    .floats();
        }
    }

    /** Writes the network with one case; see {@link ExportedCase}. */
    void export(Path folder, int batch) throws IOException {
        try (Scope inputs = Scope.open()) {
            ExportedCase.write(folder, network.graph(), parameters, arguments(inputs, batch));
        }
    }

    private DeviceTensor[] arguments(Scope scope, int batch) {
        DeviceTensor latents = scope.floats(gaussian(batch * 3 * EDGE * EDGE), batch, 3, EDGE, EDGE);
        return network.graph().inputs().size() == 1
                ? new DeviceTensor[] {latents}
                : new DeviceTensor[] {
                    latents, scope.longs(new long[] {500}, 1), context(scope), scope.bytes(new byte[1], 1)
                };
    }

    private static DeviceTensor context(Scope scope) {
        return scope.floats(
                gaussian(UNET.context().inputChannels()), 1, UNET.context().inputChannels());
    }

    static float[] gaussian(int size) {
        Random random = new Random(2);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Override
    public void close() {
        network.close();
        parameters.close();
    }
}
