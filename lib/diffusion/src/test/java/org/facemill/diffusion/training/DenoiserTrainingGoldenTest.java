package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npy;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.Test;

/** Case 06_train_step: three steps of the original's training. */
class DenoiserTrainingGoldenTest {
    private static final int BATCH = 4;
    private static final String PREFIX = "eps_model.";

    @Test
    void three_steps_match_the_original() throws IOException {
        train("ca_plain", true);
    }

    @Test
    void three_steps_with_empty_contexts_and_context_dropout_match_the_original() throws IOException {
        train("ca_cpd25_learn_empty_mask", false);
    }

    private static void train(String name, boolean average) throws IOException {
        String folder = "06_train_step/" + name + "/";
        JsonNode golden = Golden.json(folder + "case.json");
        Graph graph =
                graph(config(golden.get("config")), golden.get("steps").get(0).get("grad_norm"));
        try (Parameters parameters =
                        initial(graph, Golden.path(folder + "initial.ckpt").toString());
                Network network = Network.load(graph, parameters)) {
            for (int step = 0; step < 3; step++) {
                JsonNode expected = golden.get("steps").get(step);
                try (Scope scope = Scope.open()) {
                    Inputs inputs = new Inputs(folder, step, scope);
                    List<DeviceTensor> results = network.run(
                            scope, graph.inputs().stream().map(inputs::tensor).toArray(DeviceTensor[]::new));
                    check(graph, results, expected);
                }
            }
            compare(parameters, "", folder + "params_after_step3.ckpt", golden);
            if (average) {
                compare(parameters, "ema.", folder + "ema_intended_after_step3.ckpt", golden);
            }
        }
    }

    /** The training step, with the norm of each gradient as a further output, and dropout's factors as an input. */
    private static Graph graph(UNetConfig config, JsonNode norms) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Gradients gradients = DenoiserLoss.gradients(recorder, config, 1, 1);
        norms.fieldNames()
                .forEachRemaining(name -> recorder.output(
                        name,
                        gradients.only(name.substring(PREFIX.length())::equals).norm()));
        Optimizers.adam(gradients, recorder.input("lr"));
        Optimizers.average(gradients, recorder.input("decay"));
        Graph graph = recorder.finish("training");
        List<String> inputs = new ArrayList<>(graph.inputs());
        inputs.add("kept");
        String script = graph.script()
                .replaceAll("torch\\.bernoulli\\([^\\n]*\\)", "kept")
                .replaceFirst("\\) -> List\\[Tensor]", ", kept: Tensor) -> List[Tensor]");
        return new Graph(
                graph.name(), script, graph.declarations(), inputs, graph.outputs(), graph.dtype(), graph.training());
    }

    private static Parameters initial(Graph graph, String file) throws IOException {
        Parameters fresh = Parameters.initialise(graph, 1);
        try (TensorFile checkpoint = TensorFile.open(Path.of(file))) {
            Map<String, Tensor> stored = new LinkedHashMap<>(StateDict.of(checkpoint));
            stored.keySet().retainAll(fresh.names());
            for (Map.Entry<String, Tensor> entry : stored.entrySet()) {
                fresh.put(
                        entry.getKey(),
                        entry.getValue().floats(),
                        entry.getValue().shape());
            }
        }
        return fresh;
    }

    private static void check(Graph graph, List<DeviceTensor> results, JsonNode expected) {
        for (int i = 0; i < results.size(); i++) {
            String name = graph.outputs().get(i);
            double value = results.get(i).item();
            if (name.equals("loss")) {
                assertThat(value).isCloseTo(expected.get("loss").asDouble(), within(2e-6));
            } else {
                double norm = expected.get("grad_norm").get(name).asDouble();
                assertThat(value).as(name).isCloseTo(norm, within(1e-4 * norm + 2e-7));
            }
        }
    }

    private static void compare(Parameters parameters, String prefix, String file, JsonNode golden) throws IOException {
        JsonNode dominatedByNoise = golden.get("noise_dominated_parameters").get("max_abs_diff");
        try (TensorFile checkpoint = TensorFile.open(Golden.path(file))) {
            StateDict.of(checkpoint).forEach((name, tensor) -> {
                if (parameters.names().contains(name)) {
                    double tolerance = dominatedByNoise.has(PREFIX + name) ? 3e-4 : 2e-5;
                    float[] actual = parameters.get(prefix + name).floats();
                    float[] expected = tensor.floats();
                    double difference = 0;
                    for (int i = 0; i < expected.length; i++) {
                        difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
                    }
                    assertThat(difference).as(prefix + name).isLessThanOrEqualTo(tolerance);
                }
            });
        }
    }

    private static UNetConfig config(JsonNode c) {
        List<Integer> multipliers = new ArrayList<>();
        c.get("channel_multipliers").forEach(m -> multipliers.add(m.asInt()));
        List<Boolean> attention = new ArrayList<>();
        c.get("is_attention").forEach(a -> attention.add(a.asBoolean()));
        return new UNetConfig(
                c.get("input_channels").asInt(),
                c.get("initial_channels").asInt(),
                multipliers,
                c.get("n_blocks_per_resolution").asInt(),
                new UNetConfig.Attention(
                        attention,
                        c.get("attention_heads").asInt(),
                        c.get("attention_head_channels").asInt()),
                ConditionType.of(c.get("condition_type").asText()),
                new UNetConfig.ContextInput(
                        c.get("is_context_conditional").asBoolean(),
                        c.get("context_input_channels").asInt(),
                        c.get("context_channels").asInt(),
                        c.get("n_context_classes").asInt(),
                        c.get("learn_empty_context").asBoolean(),
                        c.get("context_dropout_probability").asDouble()));
    }

    /** The arrays of the case, by the names of the graph's inputs. */
    private record Inputs(String folder, int step, Scope scope) {

        DeviceTensor tensor(String name) {
            NoiseSchedule schedule = NoiseSchedule.linear(1000);
            long[] t = slice(Golden.longs(folder + "t.npy"));
            return switch (name) {
                case "x0", "eps" -> scope.floats(slice(Golden.floats(folder + name + ".npy")), BATCH, 3, 16, 16);
                case "context" -> scope.floats(slice(Golden.floats(folder + "context.npy")), BATCH, 512);
                case "t" -> scope.longs(t, BATCH);
                case "signal" -> perSample(t, schedule::sqrtAlphaBar);
                case "noise" -> perSample(t, schedule::sqrtOneMinusAlphaBar);
                case "empty" -> scope.bytes(mask(), BATCH);
                case "kept" -> scope.floats(kept(), BATCH, 32);
                case "seed" -> scope.scalar(1L);
                case "lr" -> scope.scalar((float) new WarmRestarts(1e-4, 10_000, 2).at(step));
                case "decay" -> scope.scalar((float) EmaDecay.INTENDED.at(step));
                default -> throw new IllegalArgumentException(name);
            };
        }

        private byte[] mask() {
            byte[] mask = new byte[BATCH];
            if (Files.exists(Golden.path(folder + "case.json").resolveSibling("dropout_mask.npy"))) {
                float[] all = floatsOf("dropout_mask.npy");
                for (int i = 0; i < BATCH; i++) {
                    mask[i] = (byte) all[step * BATCH + i];
                }
            }
            return mask;
        }

        /** 1 where a component of the context is kept; the case stores the factor 0 or 1/(1-p). */
        private float[] kept() {
            if (!Files.exists(Golden.path(folder + "case.json").resolveSibling("cpd_multiplier.npy"))) {
                return new float[BATCH * 32];
            }
            float[] factors = slice(Golden.floats(folder + "cpd_multiplier.npy"));
            for (int i = 0; i < factors.length; i++) {
                factors[i] = factors[i] > 0 ? 1 : 0;
            }
            return factors;
        }

        private float[] floatsOf(String file) {
            try {
                double[] values = Npy.read(Golden.path(folder + file)).doubles();
                float[] floats = new float[values.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) values[i];
                }
                return floats;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private interface Weight {
            float at(int t);
        }

        private DeviceTensor perSample(long[] t, Weight weight) {
            float[] weights = new float[t.length];
            for (int i = 0; i < t.length; i++) {
                weights[i] = weight.at((int) t[i]);
            }
            return scope.floats(weights, t.length, 1, 1, 1);
        }

        private float[] slice(float[] all) {
            int size = all.length / 3;
            return Arrays.copyOfRange(all, step * size, (step + 1) * size);
        }

        private long[] slice(long[] all) {
            int size = all.length / 3;
            return Arrays.copyOfRange(all, step * size, (step + 1) * size);
        }
    }
}
