package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {

    @Test
    void a_recorded_network_runs() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Value x = recorder.input("x");
        recorder.output("y", x.mul(2.5).add(recorder.parameter("b", Init.ONES, 2)).silu());
        Graph graph = recorder.finish("tiny");

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            float[] y = network.apply(scope, scope.floats(new float[] {-0.4f, 0.4f}, 1, 2)).floats();

            assertThat(y[0]).isZero();
            assertThat(y[1]).isEqualTo(1.7615942f, within(1e-6f));
        }
    }

    @Test
    void training() {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Layers layers = new Layers(recorder);
        Value x = recorder.input("x");
        Value y = layers.batchNorm("bn", layers.conv2d("conv", x, Conv.of(1, 4, 3).padding(1)), 4, 1e-5).relu();
        y = layers.linear("fc", layers.dropout(y, 0.25).mean(new int[] {2, 3}, false), 4, 1);
        Value loss = recorder.mse(y, recorder.input("target"));
        Gradients gradients = Gradients.of(recorder, loss);
        recorder.output("norm", gradients.clip(5));
        Optimizers.adam(gradients.only(n -> n.startsWith("conv")), recorder.input("lr"));
        Optimizers.sgd(gradients.only(n -> !n.startsWith("conv")), recorder.input("lr"), 0.9, 5e-4);
        Optimizers.average(gradients, recorder.input("decay"));
        recorder.output("loss", loss.detach());
        Graph graph = recorder.finish("training");
        System.out.println(graph.script() + graph.inputs());
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters)) {
            for (int i = 0; i < 50; i++) {
                try (Scope scope = Scope.open()) {
                    List<DeviceTensor> out = network.run(scope, scope.floats(new float[32], 2, 1, 4, 4), scope.scalar(i),
                            scope.floats(new float[] {1, 1}, 2, 1), scope.scalar(0.01f), scope.scalar(0.9f));
                    if (i % 10 == 0) {
                        System.out.println(out.get(0).item() + " " + out.get(1).item());
                    }
                }
            }
            System.out.println(parameters.get("bn.num_batches_tracked").longs()[0] + " " + parameters.names());
        }
    }
}
