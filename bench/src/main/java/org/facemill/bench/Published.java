package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
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
    static final UNetConfig UNET = new UNetConfig(3, 96, List.of(1, 2, 2, 2), List.of(false, true, true, true), -1, 32, 2,
            ConditionType.CA, 512, 256, true, 0, false, 0.25);
    private static final int EDGE = 32;

    private final Parameters parameters;
    private final Network network;

    private Published(Graph graph) {
        parameters = Parameters.initialise(graph, 1);
        network = Network.load(graph, parameters);
    }

    static Published unet(DType dtype) {
        return new Published(ConditionalUNet.inference(UNET, dtype, EDGE));
    }

    static Published decoder(DType dtype) {
        return new Published(VqAutoencoder.decoder(VqConfig.published(), dtype));
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

    /** Writes the network with one case; see {@link ExportedCase}. */
    void export(Path folder, int batch) throws IOException {
        try (Scope inputs = Scope.open()) {
            ExportedCase.write(folder, network.graph(), parameters, arguments(inputs, batch));
        }
    }

    private DeviceTensor[] arguments(Scope scope, int batch) {
        float[] noise = new float[batch * 3 * EDGE * EDGE];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        DeviceTensor latents = scope.floats(noise, batch, 3, EDGE, EDGE);
        return network.graph().inputs().size() == 1 ? new DeviceTensor[] {latents}
                : new DeviceTensor[] {latents, scope.longs(new long[] {500}, 1), scope.zeros(1, 512), scope.bytes(new byte[1], 1)};
    }

    @Override
    public void close() {
        network.close();
        parameters.close();
    }
}
