package org.facemill.torch;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.facemill.tensor.DType;

/** Runs small recordings on numbers. */
final class Recorded {
    private Recorded() {}

    /** A row-major array with its shape. */
    record Array(float[] values, long... shape) {}

    static Array array(float[] values, long... shape) {
        return new Array(values, shape);
    }

    static Array vector(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return new Array(floats, values.length);
    }

    /** 0, 1, 2, ... of a shape. */
    static Array counting(long... shape) {
        int size = 1;
        for (long length : shape) {
            size *= (int) length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return new Array(values, shape);
    }

    /** The function's value, F32. */
    static float[] evaluate(Function<List<Value>, Value> function, Array... inputs) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        List<Value> values = IntStream.range(0, inputs.length)
                .mapToObj(i -> recorder.input("x" + i))
                .toList();
        recorder.output("y", function.apply(values).to(DType.F32).contiguous());
        Graph graph = recorder.finish("test");
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            DeviceTensor[] tensors = new DeviceTensor[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                tensors[i] = scope.floats(inputs[i].values(), inputs[i].shape());
            }
            return network.apply(scope, tensors).floats();
        }
    }

    /** The value of a function of one array. */
    static float[] of(Array input, Function<Value, Value> function) {
        return evaluate(values -> function.apply(values.get(0)), input);
    }

    /** The value of a function of two arrays. */
    static float[] of(Array first, Array second, BinaryOperator<Value> function) {
        return evaluate(values -> function.apply(values.get(0), values.get(1)), first, second);
    }
}
