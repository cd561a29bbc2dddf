package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.facemill.tensor.DType;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {

    private static Graph graph(DType dtype, Init init, long... shape) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, dtype);
        recorder.output(
                "y",
                recorder.parameter("stem.weight", init, shape).to(DType.F32).mul(recorder.input("x")));
        return recorder.finish("net");
    }

    private static float[] times(Graph graph, Parameters parameters, float x) {
        try (Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            return network.apply(scope, scope.scalar(x)).floats();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F16", "BF16", "F32", "F64"})
    void every_floating_type_of_a_file_is_converted(DType stored) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * stored.size()).order(ByteOrder.LITTLE_ENDIAN);
        switch (stored) {
            case F16 -> bytes.putShort((short) 0x3E00).putShort((short) 0xC000);
            case BF16 -> bytes.putShort((short) 0x3FC0).putShort((short) 0xC000);
            case F32 -> bytes.putFloat(1.5f).putFloat(-2);
            default -> bytes.putDouble(1.5).putDouble(-2);
        }
        Map<String, Tensor> file = Map.of("stem.weight", Tensor.of(stored, new long[] {2}, bytes.flip()));

        for (DType wanted : new DType[] {DType.F32, DType.BF16}) {
            Graph graph = graph(wanted, Init.ZEROS, 2);
            try (Parameters parameters = Parameters.load(graph, "file", file)) {
                assertThat(parameters.get("stem.weight").dtype()).isEqualTo(wanted);
                assertThat(times(graph, parameters, 2)).containsExactly(3, -4);
            }
        }
    }

    @Test
    void missing_and_misshapen_tensors_are_named_with_the_remedy() {
        Graph graph = graph(DType.F32, Init.ZEROS, 128, 3);

        assertThatThrownBy(() -> Parameters.load(graph, "models/x", Map.of()))
                .hasMessage("models/x: `stem.weight` is missing, the configuration wants [128,3]; "
                        + "does config.yaml belong to this checkpoint?");
        Map<String, Tensor> narrow = Map.of("stem.weight", Tensor.of(new long[] {1, 3}, 1f, 2f, 3f));
        assertThatThrownBy(() -> Parameters.load(graph, "models/x", narrow))
                .hasMessage("models/x: `stem.weight` has shape [1,3], the configuration wants [128,3]; "
                        + "does config.yaml belong to this checkpoint?");
    }

    @Test
    void initial_values_depend_on_seed_and_name_alone_and_have_the_distribution_s_moments() {
        float[] first = Init.normal(2).values(5, "a", 20_000);

        assertThat(Init.normal(2).values(5, "a", 20_000)).isEqualTo(first);
        assertThat(Init.normal(2).values(5, "b", 20_000)).isNotEqualTo(first);
        assertThat(Init.normal(2).values(6, "a", 20_000)).isNotEqualTo(first);
        assertThat(deviation(first)).isEqualTo(2, within(0.05));
        assertThat(deviation(Init.fanIn(9).values(5, "a", 20_000)))
                .as("uniform in thirds")
                .isEqualTo(1 / Math.sqrt(27), within(0.005));
    }

    private static double deviation(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares / values.length);
    }
}
