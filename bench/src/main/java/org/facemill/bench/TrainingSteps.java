package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.ExportedCase;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Value;

final class TrainingSteps implements Section {
    private static final int BATCH = 16;
    private static final int EDGE = 32;
    private static final UNetConfig CONFIG = new UNetConfig(
            3,
            64,
            List.of(1, 2, 2),
            2,
            new UNetConfig.Attention(List.of(false, false, true), -1, 32),
            ConditionType.CA,
            new UNetConfig.ContextInput(true, 512, 128, 0, false, 0.25));

    @Override
    public String name() {
        return "training";
    }

    @Override
    public String description() {
        return "one step of a small U-Net (forward, backward, Adam, average), batch 16 at 32x32, and its forward pass alone";
    }

    @Override
    public void run(int calls, Consumer<String> out) {
        Map<DType, Stopwatch> steps = new EnumMap<>(DType.class);
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            Stopwatch forward = forward(dtype, calls);
            Stopwatch step = step(dtype, calls);
            steps.put(dtype, step);
            out.accept("%-4s forward: %s".formatted(dtype, forward));
            out.accept("%-4s step:    %s, %.2f of its forward, %.2f of fp32's step"
                    .formatted(
                            dtype,
                            step,
                            step.best() / forward.best(),
                            step.best() / steps.get(DType.F32).best()));
        }
    }

    private static Stopwatch step(DType dtype, int calls) {
        Graph graph = step(dtype);
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope inputs = Scope.open()) {
            DeviceTensor image = inputs.zeros(BATCH, 3, EDGE, EDGE);
            DeviceTensor[] arguments = {
                image,
                inputs.longs(new long[] {500}, 1),
                inputs.zeros(BATCH, 512),
                inputs.bytes(new byte[BATCH], BATCH),
                inputs.scalar(1L),
                image,
                inputs.scalar(1e-4f),
                inputs.scalar(0.9f)
            };
            return Stopwatch.of(calls, () -> run(network, arguments));
        }
    }

    private static Stopwatch forward(DType dtype, int calls) {
        Graph graph = ConditionalUNet.inference(CONFIG, dtype, EDGE);
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope inputs = Scope.open()) {
            DeviceTensor[] arguments = forwardArguments(inputs);
            return Stopwatch.of(calls, () -> run(network, arguments));
        }
    }

    private static DeviceTensor[] forwardArguments(Scope scope) {
        return new DeviceTensor[] {
            scope.zeros(BATCH, 3, EDGE, EDGE),
            scope.longs(new long[] {500}, 1),
            scope.zeros(BATCH, 512),
            scope.bytes(new byte[BATCH], BATCH)
        };
    }

    /** Writes the network that is trained here with one case, so that PyTorch's own training steps can be timed. */
    static void export(Path folder) throws IOException {
        Graph graph = ConditionalUNet.inference(CONFIG, DType.F32);
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Scope inputs = Scope.open()) {
            ExportedCase.write(folder, graph, parameters, forwardArguments(inputs));
        }
    }

    private static Graph step(DType dtype) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING, dtype);
        Value eps = new ConditionalUNet(new Layers(recorder), CONFIG)
                .eps(recorder.input("x"), recorder.input("steps"), recorder.input("context"), recorder.input("empty"));
        Value loss = recorder.mse(eps, recorder.input("noise"));
        Gradients gradients = Gradients.of(recorder, loss);
        Optimizers.adam(gradients, recorder.input("lr"));
        Optimizers.average(gradients, recorder.input("decay"));
        recorder.output("loss", loss.detach());
        return recorder.finish("training step");
    }

    private static void run(Network network, DeviceTensor[] arguments) {
        try (Scope scope = Scope.open()) {
            network.apply(scope, arguments).floats();
        }
    }
}
