package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of checkpoints as they are met in public ones. */
class StateDictTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "module.",
                "_orig_mod.",
                "_forward_module.",
                "eps_model.",
                "model.",
                "backbone.",
                "state_dict.",
                "state_dict_backbone.",
                "state_dict_backbone.module.",
                "encoder_q.",
                "state_dict.encoder_q.",
                "module._orig_mod.eps_model.",
                "_orig_mod.module.eps_model.",
                "state_dict.model._orig_mod.module.backbone.",
                "module.module.model.model."
            })
    void whatIsAroundANetworkIsCutFromItsNames(String wrappers) throws IOException {
        assertThat(names(wrappers + "conv1.weight", wrappers + "layer1.0.conv1.weight"))
                .containsExactly("conv1.weight", "layer1.0.conv1.weight");
    }

    @Test
    void whatIsNotTheNetworkKeepsItsName() throws IOException {
        assertThat(names("model.conv1.weight", "optimizer.state.0.exp_avg", "encoder_k.conv1.weight", "modulex.a"))
                .containsExactly("conv1.weight", "optimizer.state.0.exp_avg", "encoder_k.conv1.weight", "modulex.a");
    }

    @Test
    void aNameIsCutHoweverOftenItIsWrapped() throws IOException {
        assertThat(names("module.".repeat(5_000) + "conv1.weight")).containsExactly("conv1.weight");
    }

    @Test
    void twoNetworksInOneFileAreRefusedByTheirNames() {
        assertThatThrownBy(() -> names("model.conv1.weight", "net.conv1.weight"))
                .isInstanceOf(TensorFormatException.class)
                .hasMessageContaining("`model.conv1.weight` and `net.conv1.weight`");
    }

    private Iterable<String> names(String... written) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : written) {
            tensors.put(name, Tensor.of(new long[] {1}, new float[1]));
        }
        Path file = folder.resolve("checkpoint.safetensors");
        Safetensors.write(file, tensors, Map.of());
        try (TensorFile opened = TensorFile.open(file)) {
            return StateDict.of(opened).keySet();
        }
    }
}
