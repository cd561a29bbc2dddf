package org.facemill.recognition.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.recognition.Numbers.assertRelativelyClose;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.facemill.tensor.Golden;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against golden/07_fr/blocks: outputs in both modes, the gradient, and the running statistics of one training step. */
class BlockTest {

    private static final String BLOCKS = "07_fr/blocks/";

    private static final Map<String, BiFunction<Layers, Value, Value>> ORIGINALS = Map.of(
            "iresnet_IBasicBlock_64_64_s1", (layers, x) -> IResNet.block(layers, x, 64, 64, 1, false),
            "iresnet_IBasicBlock_64_32_s2_downsample", (layers, x) -> IResNet.block(layers, x, 64, 32, 2, false),
            "tface_BasicBlockIR_64_64_s2_maxpool_shortcut",
                    (layers, x) -> ir(false).block(layers, x, 64, 64, 2),
            "tface_BasicBlockIR_64_32_s2", (layers, x) -> ir(false).block(layers, x, 64, 32, 2),
            "tface_BasicBlockIRSE_64_64_s1", (layers, x) -> ir(true).block(layers, x, 64, 64, 1));

    @TestFactory
    Stream<DynamicTest> inferenceIsTheOriginals() {
        return ORIGINALS.entrySet().stream()
                .map(block -> DynamicTest.dynamicTest(block.getKey(), () -> {
                    Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
                    recorder.output("y", block.getValue().apply(new Layers(recorder), recorder.input("x")));
                    Graph graph = recorder.finish(block.getKey());

                    try (Parameters parameters = weights(graph, block.getKey());
                            Scope scope = Scope.open();
                            Network network = Network.load(graph, parameters)) {
                        float[] y = network.apply(
                                        scope,
                                        scope.floats(Golden.floats(BLOCKS + block.getKey() + "/x.npy"), 2, 64, 14, 14))
                                .floats();
                        assertRelativelyClose(y, Golden.floats(BLOCKS + block.getKey() + "/y_eval.npy"), 1e-5);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> trainingIsTheOriginals() {
        return ORIGINALS.entrySet().stream()
                .map(block -> DynamicTest.dynamicTest(block.getKey(), () -> {
                    String folder = BLOCKS + block.getKey();
                    float[] x = Golden.floats(folder + "/x.npy");
                    Graph graph = trainingGraph(block.getKey(), block.getValue());

                    try (Parameters parameters = weights(graph, block.getKey());
                            Scope scope = Scope.open()) {
                        parameters.put("input", x, 2, 64, 14, 14);
                        parameters.initialiseMissing(graph, 1);
                        try (Network network = Network.load(graph, parameters)) {
                            float[] y =
                                    network.run(scope, scope.scalar(1f)).get(0).floats();
                            assertRelativelyClose(y, Golden.floats(folder + "/y_train.npy"), 1e-5);
                            assertRelativelyClose(
                                    parameters.get("optimizer.momentum.input").floats(),
                                    Golden.floats(folder + "/x_grad_train_mean_square.npy"),
                                    1e-4);
                            assertStatistics(parameters, folder);
                        }
                    }
                }));
    }

    /** Of mean(y^2) with respect to the input: after a first step of SGD its momentum buffer is the gradient. */
    private static Graph trainingGraph(String name, BiFunction<Layers, Value, Value> block) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Layers layers = new Layers(recorder);
        Value y = block.apply(layers, layers.parameter("input", Init.ZEROS, 2, 64, 14, 14));
        recorder.output("y", y.detach());
        Gradients gradients = Gradients.of(recorder, y.square().mean());
        Optimizers.sgd(gradients.only(parameter -> parameter.equals("input")), recorder.input("rate"), 0.9, 0);
        return recorder.finish(name);
    }

    private static void assertStatistics(Parameters parameters, String folder) throws IOException {
        try (TensorFile expected = TensorFile.open(Golden.path(folder + "/buffers_after_one_train_forward.pth"))) {
            List<String> running = expected.names().stream()
                    .filter(name -> name.contains("running_"))
                    .toList();
            assertThat(running).isNotEmpty();
            for (String name : running) {
                assertRelativelyClose(
                        parameters.get(name).floats(), expected.get(name).floats(), 1e-5);
            }
            for (String name : expected.names()) {
                if (name.endsWith("num_batches_tracked")) {
                    assertThat(parameters.get(name).bytes())
                            .isEqualTo(expected.get(name).bytes());
                }
            }
        }
    }

    private static Parameters weights(Graph graph, String block) throws IOException {
        Parameters parameters = new Parameters(block);
        try (TensorFile file = TensorFile.open(Golden.path(BLOCKS + block + "/block.pth"));
                Scope scope = Scope.open()) {
            for (String name : file.names()) {
                if (file.get(name).dtype().isFloating()) {
                    parameters.put(name, file.get(name).floats(), file.get(name).shape());
                } else {
                    parameters.put(
                            name,
                            scope.longs(file.get(name).longs(), file.get(name).shape()));
                }
            }
        }
        return parameters;
    }

    private static IrNet ir(boolean squeezeExcitation) {
        return new IrNet("ir", List.of(1), List.of(64), 512, 0, true, squeezeExcitation);
    }
}
