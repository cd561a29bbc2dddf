package org.facemill.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.facemill.diffusion.GoldenNumbers;
import org.facemill.tensor.DType;
import org.facemill.tensor.Golden;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Declaration;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 02_unet, 02_unet_full and 03_names: what the original network computed. */
class UNetGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"ca_cpd25", "ca_learn_empty", "adagn_cpd25", "uncond_adagn", "addplusgn", "diffae"})
    void stored_checkpoints_give_the_original_noise(String name) throws IOException {
        String folder = "02_unet/" + name + "/";
        JsonNode golden = Golden.json(folder + "case.json");
        UNetConfig config = config(golden.get("config"));

        for (Graph graph : portableAndPacked(config, folder)) {
            try (TensorFile file = TensorFile.open(Golden.path(folder + "model.ckpt"));
                    Parameters parameters = Parameters.load(graph, name, StateDict.of(file))) {
                check(
                        graph,
                        parameters,
                        config,
                        folder,
                        folder,
                        golden.get("max_abs_diff_float64").asDouble());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "narrow_ca_heads4_class_labels",
                "narrow64_addplusgn",
                "narrow64_diffae",
                "narrow64_adagn",
                "unet_uncond_adagn",
                "unet_cond_ca_cpd25"
            })
    void weights_by_formula_give_the_original_noise(String name) {
        String folder = "02_unet_full/" + name + "/";
        JsonNode golden = Golden.json("02_unet_full/case.json").get("cases").get(name);
        UNetConfig config = config(golden.get("config"));

        for (Graph graph : portableAndPacked(config, "02_unet_full/")) {
            try (Parameters parameters = GoldenNumbers.filled(graph, folder + "fill.json", "eps_model.")) {
                assertThat(graph.declarations().stream()
                                .mapToLong(Declaration::size)
                                .sum())
                        .isEqualTo(golden.get("params").asLong());
                check(
                        graph,
                        parameters,
                        config,
                        folder,
                        "02_unet_full/",
                        golden.get("max_abs_diff_float64").asDouble());
            }
        }
    }

    private static List<Graph> portableAndPacked(UNetConfig config, String inputs) {
        int edge = (int) Golden.shape(inputs + "x_t.npy")[2];
        return List.of(
                ConditionalUNet.inference(config, DType.F32),
                ConditionalUNet.inference(config, new Recorder(Recorder.Mode.PACKED), edge));
    }

    private static void check(
            Graph graph, Parameters parameters, UNetConfig config, String outputs, String inputs, double deviation) {
        try (Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            DeviceTensor x = scope.floats(Golden.floats(inputs + "x_t.npy"), Golden.shape(inputs + "x_t.npy"));
            DeviceTensor steps = scope.longs(Golden.longs(inputs + "t.npy"), 2);
            if (!config.isContextConditional()) {
                GoldenNumbers.assertClose(network.apply(scope, x, steps), outputs + "eps.npy", deviation);
                return;
            }
            DeviceTensor context = config.context().classes() > 0
                    ? scope.longs(new long[] {3, 7}, 2)
                    : scope.floats(
                            Golden.floats(inputs + "context.npy"),
                            2,
                            config.context().inputChannels());
            GoldenNumbers.assertClose(
                    network.apply(scope, x, steps, context, scope.bytes(new byte[2], 2)),
                    outputs + "eps.npy",
                    deviation);
            GoldenNumbers.assertClose(
                    network.apply(scope, x, steps, context, scope.bytes(new byte[] {1, 1}, 2)),
                    outputs + "eps_context_none.npy",
                    deviation);
            if (Golden.exists(outputs + "eps_dropout_mask.npy")) {
                long[] mask = Golden.longs(inputs + "dropout_mask.npy");
                DeviceTensor empty = scope.bytes(new byte[] {(byte) mask[0], (byte) mask[1]}, 2);
                GoldenNumbers.assertClose(
                        network.apply(scope, x, steps, context, empty), outputs + "eps_dropout_mask.npy", deviation);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"unet_cond_ca, 216341187", "unet_cond_adagn, 134595939", "unet_uncond_adagn, 132392163"})
    void published_configurations_have_the_original_names_and_shapes(String name, long size) {
        JsonNode model = Golden.json("03_names/index.json").get("models").get(name);
        Map<String, List<Long>> expected = GoldenNumbers.names(model.get("file").asText(), "eps_model.");

        Map<String, List<Long>> declared = new TreeMap<>();
        for (Declaration declaration : ConditionalUNet.inference(config(model.get("config")), DType.F32)
                .declarations()) {
            declared.put(declaration.name(), GoldenNumbers.boxed(declaration.shape()));
        }

        assertThat(declared).isEqualTo(expected);
        assertThat(model.get("n_params").asLong()).isEqualTo(size);
    }

    @Test
    void a_shape_that_differs_names_the_tensor_and_the_remedy() {
        Graph wide = ConditionalUNet.inference(tiny(64), DType.F32);
        Graph narrow = ConditionalUNet.inference(tiny(32), DType.F32);

        try (Parameters parameters = Parameters.initialise(narrow, 1)) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Network.load(wide, parameters)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "`image_proj.weight` has shape [32,3,3,3], the configuration wants [64,3,3,3]")
                    .hasMessageContaining("does config.yaml belong to this checkpoint?");
        }
    }

    static UNetConfig tiny(int channels) {
        return new UNetConfig(
                3,
                channels,
                List.of(1, 2),
                1,
                new UNetConfig.Attention(List.of(false, true), -1, 32),
                ConditionType.CA,
                new UNetConfig.ContextInput(true, 512, 32, 0, false, 0.25));
    }

    static UNetConfig config(JsonNode c) {
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
                        c.path("context_dropout_probability").asDouble(0)));
    }
}
