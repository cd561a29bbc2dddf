package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.facemill.tensor.DType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packed layers hold the same numbers in another order: they compute what the portable ones do. */
class PackedLayersTest {

    @BeforeEach
    void oneDnn() {
        assumeTrue(Torch.packs(), "this processor has no kernels for packed bfloat16");
    }

    @ParameterizedTest
    @CsvSource({"F32, 8, 1e-5", "F32, 4, 1e-5", "BF16, 8, 3e-2", "BF16, 4, 3e-2"})
    void convolutions_of_maps_of_the_stated_edge_and_of_others(DType dtype, int edge, double tolerance) {
        assertSame(
                dtype,
                tolerance,
                (layers, x) -> {
                    Value h = layers.on(edge)
                            .at("a")
                            .conv2d("conv", x, Conv.of(32, 64, 3).padding(1));
                    h = layers.on(edge)
                            .at("b")
                            .conv2d("conv", h, Conv.of(64, 32, 3).stride(2).padding(1));
                    return layers.on(edge)
                            .at("c")
                            .conv2d("conv", h, Conv.of(32, 16, 1).withoutBias());
                },
                2,
                32,
                8,
                8);
    }

    @ParameterizedTest
    @CsvSource({"F32, 1e-5", "BF16, 3e-2"})
    void linear_layers(DType dtype, double tolerance) {
        assertSame(
                dtype,
                tolerance,
                (layers, x) ->
                        layers.pointwise("c", layers.linearGelu("b", layers.linear("a", x, 48, 64), 64, 32), 32, 16),
                2,
                5,
                48);
    }

    @ParameterizedTest
    @CsvSource({"F32, 1e-5", "BF16, 3e-2"})
    void normalised_maps(DType dtype, double tolerance) {
        assertSame(
                dtype,
                tolerance,
                (layers, x) -> {
                    Value h = layers.on(8)
                            .at("a")
                            .conv2d("conv", x, Conv.of(32, 64, 3).padding(1));
                    return layers.groupNorm2d("norm", h, 32, 64, 1e-5).silu();
                },
                2,
                32,
                8,
                8);
    }

    private static void assertSame(
            DType dtype, double tolerance, BiFunction<Layers, Value, Value> network, long... shape) {
        float[] portable = run(Recorder.Mode.INFERENCE, dtype, network, shape);
        float[] packed = run(Recorder.Mode.PACKED, dtype, network, shape);

        assertThat(packed).containsExactly(portable, within((float) tolerance));
        assertThat(portable).as("something is compared").isNotEqualTo(new float[portable.length]);
    }

    private static float[] run(
            Recorder.Mode mode, DType dtype, BiFunction<Layers, Value, Value> network, long... shape) {
        Recorder recorder = new Recorder(mode, dtype);
        Value y = network.apply(new Layers(recorder), recorder.input("x").to(dtype));
        recorder.output("y", y.to(DType.F32).contiguous());
        Graph graph = recorder.finish("layers");
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network loaded = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            float[] x = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
            Random random = new Random(1);
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian();
            }
            return loaded.apply(scope, scope.floats(x, shape)).floats();
        }
    }
}
