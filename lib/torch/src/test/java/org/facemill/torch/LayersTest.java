package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.facemill.tensor.DType;
import org.junit.jupiter.api.Test;

class LayersTest {

    /** Runs a layer with given parameters on one input; parameters that are not given keep their initial values. */
    private static float[] run(
            Recorder.Mode mode,
            BiFunction<Layers, Value, Value> layer,
            Map<String, float[]> given,
            Recorded.Array input) {
        Recorder recorder = new Recorder(mode);
        recorder.output(
                "y",
                layer.apply(new Layers(recorder), recorder.input("x")).detach().contiguous());
        Graph graph = recorder.finish("layer");
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Scope scope = Scope.open()) {
            given.forEach((name, values) ->
                    parameters.put(name, values, parameters.get(name).shape()));
            try (Network network = Network.load(graph, parameters)) {
                return network.apply(scope, scope.floats(input.values(), input.shape()))
                        .floats();
            }
        }
    }

    private static float[] run(
            BiFunction<Layers, Value, Value> layer, Map<String, float[]> given, Recorded.Array input) {
        return run(Recorder.Mode.INFERENCE, layer, given, input);
    }

    @Test
    void convolutions() {
        float[] ones = {1, 1, 1, 1};

        assertThat(run(
                        (l, x) -> l.conv2d("c", x, Conv.of(1, 1, 2)),
                        Map.of("c.weight", ones, "c.bias", new float[] {0.5f}),
                        Recorded.counting(1, 1, 2, 3)))
                .containsExactly(8.5f, 12.5f);
        assertThat(run(
                        (l, x) -> l.conv2d(
                                "c", x, Conv.of(1, 1, 2).stride(2).padding(1).withoutBias()),
                        Map.of("c.weight", ones),
                        Recorded.counting(1, 1, 2, 2)))
                .containsExactly(0, 1, 2, 3);
        assertThat(run(
                        (l, x) -> l.convTranspose2d(
                                "c", x, Conv.of(1, 1, 2).stride(2).withoutBias()),
                        Map.of("c.weight", ones),
                        Recorded.counting(1, 1, 1, 2)))
                .containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void linear_and_embedding() {
        Map<String, float[]> given = Map.of("f.weight", new float[] {1, 2, 3, 4}, "f.bias", new float[] {10, 20});

        assertThat(run((l, x) -> l.linear("f", x, 2, 2), given, Recorded.counting(1, 2)))
                .containsExactly(12, 24);
        assertThat(run(
                        (l, x) -> l.linearWithoutBias("f", x, 2, 2),
                        Map.of("f.weight", new float[] {1, 2, 3, 4}),
                        Recorded.counting(1, 2)))
                .containsExactly(2, 4);
        assertThat(run(
                        (l, x) -> l.embedding("f", x.to(DType.I64), 2, 2),
                        Map.of("f.weight", new float[] {1, 2, 3, 4}),
                        Recorded.vector(1)))
                .containsExactly(3, 4);
    }

    @Test
    void normalisations_give_mean_zero_and_variance_one_before_scale_and_shift() {
        Map<String, float[]> affine = Map.of("n.weight", new float[] {1, 2}, "n.bias", new float[] {0, 5});

        assertThat(run((l, x) -> l.groupNorm("n", x, 2, 2, 0), affine, Recorded.counting(1, 2, 2)))
                .containsExactly(-1, 1, 3, 7);
        assertThat(run((l, x) -> l.prelu("p", x, 1), Map.of(), Recorded.array(new float[] {-4, 4}, 2, 1)))
                .containsExactly(-1, 4);
    }

    @Test
    void batch_normalisation_uses_the_batch_in_training_and_its_statistics_afterwards() {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        recorder.output(
                "y",
                new Layers(recorder).batchNorm("n", recorder.input("x"), 1, 0).detach());
        Graph training = recorder.finish("training");
        Recorder plain = new Recorder(Recorder.Mode.INFERENCE);
        plain.output("y", new Layers(plain).batchNorm("n", plain.input("x"), 1, 0));
        Graph inference = plain.finish("inference");

        try (Parameters parameters = Parameters.initialise(training, 1);
                Network train = Network.load(training, parameters);
                Network use = Network.load(inference, parameters);
                Scope scope = Scope.open()) {
            float[] normalised =
                    train.apply(scope, scope.floats(new float[] {2, 4}, 2, 1)).floats();
            float[] used =
                    use.apply(scope, scope.floats(new float[] {0.3f}, 1, 1)).floats();

            assertThat(normalised).containsExactly(-1, 1);
            assertThat(parameters.get("n.running_mean").item()).isEqualTo(0.3f, within(1e-6f));
            assertThat(parameters.get("n.running_var").item())
                    .as("0.9 * 1 + 0.1 * the unbiased 2")
                    .isEqualTo(1.1f, within(1e-6f));
            assertThat(parameters.get("n.num_batches_tracked").bytes().getLong())
                    .isOne();
            assertThat(used[0]).isEqualTo(0, within(1e-6f));
        }
    }

    @Test
    void dropout_drops_in_training_by_its_seed_alone_and_never_in_inference() {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        recorder.output("y", recorder.dropout(recorder.input("x"), 0.25));
        Graph graph = recorder.finish("dropout");
        float[] ones = new float[10_000];
        Arrays.fill(ones, 1);

        try (Parameters none = new Parameters("none");
                Network network = Network.load(graph, none);
                Scope scope = Scope.open()) {
            DeviceTensor x = scope.floats(ones, ones.length);
            float[] first = network.apply(scope, x, scope.scalar(7)).floats();
            float[] again = network.apply(scope, x, scope.scalar(7)).floats();
            float[] other = network.apply(scope, x, scope.scalar(8)).floats();

            assertThat(again).isEqualTo(first).isNotEqualTo(other);
            int kept = 0;
            for (float value : first) {
                assertThat(value).isIn(0f, 4 / 3f);
                kept += value > 0 ? 1 : 0;
            }
            assertThat(kept).isBetween(7300, 7700);
        }
        assertThat(run((l, x) -> l.dropout(x, 0.9), Map.of(), Recorded.vector(1, 2)))
                .containsExactly(1, 2);
    }

    @Test
    void names_are_prefixed_and_a_name_has_one_shape() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Layers layers = new Layers(recorder).at("down").at(3);
        layers.linear("fc", recorder.input("x"), 2, 3);

        assertThat(recorder.finish("names").declarations())
                .extracting(Declaration::name)
                .isEqualTo(List.of("down.3.fc.weight", "down.3.fc.bias"));
        assertThatThrownBy(() -> layers.linear("fc", recorder.input("x"), 2, 4))
                .hasMessage("'down.3.fc.weight' is declared as F32[3, 2] and again as F32[4, 2]");
    }
}
