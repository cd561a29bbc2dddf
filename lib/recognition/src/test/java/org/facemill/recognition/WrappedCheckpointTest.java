package org.facemill.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.images.RgbImage;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedCheckpointTest {

    private static final List<RgbImage> BLACK = List.of(new RgbImage(112, 112, new byte[112 * 112 * 3]));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state_dict_backbone.",
                "state_dict_backbone.module.",
                "module._orig_mod.",
                "state_dict.model.backbone.",
                "state_dict.module.encoder_q."
            })
    void aRecogniserIsOpenedWhateverItsTrainingPutAroundIt(String wrappers) throws IOException {
        Backbone backbone = Backbones.named("iresnet-slim");
        try (Parameters parameters = Parameters.initialise(backbone.graph(), 1);
                Encoder inMemory = Encoders.of("slim", backbone, parameters, () -> {})) {
            parameters.save(folder.resolve("bare.safetensors"), name -> true);
            Path wrapped = wrap(wrappers);

            try (Encoder opened = Encoders.open("slim", wrapped)) {
                assertThat(opened.embed(BLACK)[0]).containsExactly(inMemory.embed(BLACK)[0]);
            }
        }
    }

    /** With the other things that such files hold: a classifier's weights, the other encoder of MoCo. */
    private Path wrap(String wrappers) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("state_dict_softmax_fc.weight", Tensor.of(new long[] {1}, new float[1]));
        Path file = folder.resolve("wrapped.safetensors");
        try (TensorFile bare = TensorFile.open(folder.resolve("bare.safetensors"))) {
            bare.tensors().forEach((name, tensor) -> {
                tensors.put(wrappers + name, tensor);
                tensors.put("state_dict.module.encoder_k." + name, tensor);
            });
            Safetensors.write(file, tensors, Map.of());
        }
        return file;
    }
}
