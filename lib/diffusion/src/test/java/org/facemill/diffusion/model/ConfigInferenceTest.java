package org.facemill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Declaration;
import org.facemill.torch.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigInferenceTest {

    @ParameterizedTest
    @CsvSource({
        "CA,true,0,-1,32,false",
        "CA,true,10,4,16,true",
        "ADA_GN,true,0,-1,32,true",
        "ADA_GN,false,0,-1,32,false",
        "ADD_PLUS_GN,true,0,-1,32,false",
        "ADD_PLUS_GN,true,7,2,32,false"
    })
    void the_shapes_of_a_network_tell_its_configuration(
            ConditionType type, boolean conditional, int classes, int heads, int headChannels, boolean learnEmpty) {
        UNetConfig config = new UNetConfig(
                4,
                64,
                List.of(1, 2, 2),
                2,
                new UNetConfig.Attention(List.of(false, true, true), heads, headChannels),
                type,
                new UNetConfig.ContextInput(
                        conditional,
                        conditional && classes == 0 ? 512 : 0,
                        conditional ? 96 : 0,
                        classes,
                        learnEmpty,
                        0));

        assertThat(UNetConfigs.infer(shapes(ConditionalUNet.inference(config, DType.F32))))
                .isEqualTo(config);
    }

    @Test
    void the_shapes_of_a_decoder_tell_its_configuration() {
        VqConfig config = new VqConfig(4, 1024, 5, 256, 3, 3, 64, List.of(1, 2, 2, 4), 1, List.of(32), 0);

        assertThat(VqConfigs.infer(shapes(VqAutoencoder.decoder(config, DType.F32))))
                .isEqualTo(config);
    }

    private static Map<String, long[]> shapes(Graph graph) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (Declaration declaration : graph.declarations()) {
            shapes.put(declaration.name(), declaration.shape());
        }
        return shapes;
    }
}
