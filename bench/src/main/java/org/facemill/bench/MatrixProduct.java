package org.facemill.bench;

import org.facemill.tensor.DType;
import org.facemill.torch.Graph;
import org.facemill.torch.Init;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Value;

/** The product of two large matrices: what other figures of the same run are held against. */
final class MatrixProduct {
    private static final int EDGE = 4096;

    private MatrixProduct() {}

    /** GFLOP/s of the best call. */
    static double gflops(DType dtype, int calls) {
        return operations() / time(dtype, calls).best() / 1e6;
    }

    /** Floating point operations of a call. */
    static double operations() {
        return 2.0 * EDGE * EDGE * EDGE;
    }

    static Stopwatch time(DType dtype, int calls) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, dtype);
        Value matrix = recorder.parameter("matrix", Init.uniform(1), EDGE, EDGE);
        recorder.output(
                "element",
                matrix.matmul(matrix)
                        .select(0, 0)
                        .select(0, 0)
                        .add(recorder.input("zero"))
                        .to(DType.F32));
        Graph graph = recorder.finish("matrix product");
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope inputs = Scope.open()) {
            var zero = inputs.scalar(0f);
            return Stopwatch.of(calls, () -> {
                try (Scope scope = Scope.open()) {
                    network.apply(scope, zero).floats();
                }
            });
        }
    }
}
