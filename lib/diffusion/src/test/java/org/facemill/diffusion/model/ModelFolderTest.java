package org.facemill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.recipe.Precision;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a folder's files are taken for what; by the small networks of golden/05_sampling and 04_vq. */
class ModelFolderTest {
    private static final Path ORIGINAL = Golden.path("05_sampling/model.ckpt");

    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "latent_diffusion: false\nconstants: {image_size: 16}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "ema_averaged_model_200000.ckpt, model.ckpt",
        "checkpoints/ema_averaged_model_200000.ckpt, checkpoints/model.ckpt",
        "ema_averaged_model.ckpt, ema_averaged_model_200000.ckpt",
        "ema_averaged_model.ckpt, model_200000.ckpt",
        "ema-0.9999.pt, model.ckpt",
        "model.ckpt, model_200000.ckpt",
        "unet.safetensors, ema_averaged_model.ckpt"
    })
    void theAverageIsTakenBeforeTheLastWeightsAndThePlainNameBeforeANumber(String taken, String other)
            throws IOException {
        write(taken, 1);
        write(other, 2);

        assertThat(taken()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ema_averaged_model_100000.ckpt, ema_averaged_model_200000.ckpt",
        "model_1.ckpt, model_2.ckpt",
        "model.ckpt, checkpoints/model.ckpt",
        "schema.ckpt, other.ckpt"
    })
    void whereNothingTellsWhichIsMeantAllAreNamedAndHowToChoose(String one, String another) throws IOException {
        write(one, 1);
        write(another, 2);

        assertThatThrownBy(this::taken)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(one)
                .hasMessageContaining(another)
                .hasMessageContaining("--checkpoint FILE");
        assertThat(taken(Optional.of(Path.of(another)))).isEqualTo(2);
        assertThat(taken(Optional.of(folder.resolve(one)))).isEqualTo(1);
    }

    @Test
    void filesThatCannotBeReadBlockNoOther() throws IOException {
        write("model.ckpt", 1);
        Files.writeString(
                folder.resolve("ema_averaged_model.ckpt"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12\n");
        Files.write(folder.resolve("empty.pt"), new byte[0]);
        Files.writeString(folder.resolve("page.pth"), "<!DOCTYPE html>");
        Files.write(folder.resolve("cut.ckpt"), java.util.Arrays.copyOf(Files.readAllBytes(ORIGINAL), 40_000));
        Files.createDirectory(folder.resolve("sharded.ckpt"));

        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void whereNoneIsLeftEveryFileIsNamedWithItsFault() throws IOException {
        Files.writeString(folder.resolve("model.ckpt"), "version https://git-lfs.github.com/spec/v1\n");
        Safetensors.write(
                folder.resolve("recogniser.safetensors"),
                Map.of("conv1.weight", Tensor.of(new long[] {1}, new float[1])),
                Map.of());

        assertThatThrownBy(this::taken)
                .hasMessageContaining("model.ckpt (")
                .hasMessageContaining("git lfs pull")
                .hasMessageContaining("recogniser.safetensors (1 tensors: conv1.weight)");
    }

    @Test
    void aCheckpointThatIsNamedMustBeOne() throws IOException {
        write("model.ckpt", 1);
        Files.writeString(folder.resolve("other.ckpt"), "nothing");

        assertThatThrownBy(() -> taken(Optional.of(Path.of("other.ckpt")))).hasMessageContaining("other.ckpt: neither");
        assertThatThrownBy(() -> taken(Optional.of(Path.of("missing.ckpt"))))
                .hasMessageContaining("missing.ckpt: no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module._orig_mod.eps_model.",
                "_orig_mod.module.",
                "state_dict.model.eps_model.",
                "state_dict_backbone.",
                "encoder_q."
            })
    void wrappersAreCutFromTheDenoisersNames(String wrappers) throws IOException {
        Map<String, Tensor> wrapped = new LinkedHashMap<>();
        try (TensorFile file = TensorFile.open(ORIGINAL)) {
            StateDict.of(file).forEach((name, tensor) -> wrapped.put(wrappers + name, tensor));
            Safetensors.write(folder.resolve("model.safetensors"), wrapped, Map.of());
        }

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            assertThat(model.config().schedule().steps()).isEqualTo(1000);
        }
    }

    @Test
    void wrappersAreCutFromTheAutoencodersNamesAndOneOfSeveralIsNamed() throws IOException {
        Path stage = Files.createDirectory(folder.resolve("autoencoder"));
        for (String part : List.of("encoder", "decoder")) {
            Map<String, Tensor> wrapped = new LinkedHashMap<>();
            try (TensorFile file = TensorFile.open(Golden.path("04_vq/first_stage_" + part + "_state_dict.pt"))) {
                StateDict.of(file).forEach((name, tensor) -> wrapped.put("state_dict.module." + name, tensor));
                Safetensors.write(stage.resolve(part + ".safetensors"), wrapped, Map.of());
            }
        }
        try (FirstStage opened = FirstStage.open(stage)) {
            assertThat(opened.files()).hasSize(2);
        }

        Files.copy(stage.resolve("decoder.safetensors"), stage.resolve("decoder-2.safetensors"));

        assertThatThrownBy(() -> FirstStage.open(stage))
                .hasMessageContaining("decoder-2.safetensors, decoder.safetensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{guidance_scale: 5} | guidance_scale, which is written guidance: {scale: ...} now",
                "{guidance_below: 620} | guidance_below, which is written guidance: {to: ...} now",
                "{guidance: 5} | guidance: 5, which is written guidance: {scale: 5} now",
                "{stepps: 5} | no field `stepps`, but [eta, guidance, method, steps]",
                "{guidance: {below: 5}} | no field `below`",
                "{guidance: {scale: 1.0e+400}} | guidance scale Infinity",
                "{guidance: {scale: 2, from: 9, to: 3}} | guides no step",
                "{eta: 2} | eta 2.0: expected a number from 0 to 1",
                "{steps: 0} | steps 0",
                "ddim | expected fields"
            })
    void aConfigurationThatIsMisspeltIsRefused(String sampling, String expected) throws IOException {
        write("model.ckpt", 1);
        Files.writeString(folder.resolve("config.yaml"), "latent_diffusion: false\nsampling: " + sampling + "\n");

        assertThatThrownBy(this::taken)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(expected);
    }

    private int taken() throws IOException {
        return taken(Optional.empty());
    }

    /** What {@link #write} wrote into the checkpoint that is taken. */
    private int taken(Optional<Path> checkpoint) throws IOException {
        ModelLocation location = new ModelLocation(folder, checkpoint, Optional.empty());
        try (ModelFolder files = ModelFolder.open(location)) {
            return (int) files.config().schedule().steps();
        }
    }

    /** A denoiser with so many steps of noise. */
    private void write(String name, int steps) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (TensorFile file = TensorFile.open(ORIGINAL)) {
            tensors.putAll(StateDict.of(file));
            tensors.put("betas", Tensor.of(new long[] {steps}, new float[steps]));
            Path target = folder.resolve(name);
            Files.createDirectories(target.getParent());
            Safetensors.write(target, tensors, Map.of());
        }
    }
}
