package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.facemill.contracts.Json;
import org.facemill.diffusion.model.ModelConfig;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.WholeFiles;
import org.facemill.torch.Parameters;

/**
 * Writes what was trained as a model folder that samplers open by name: {@code config.yaml} in IDiff-Face's vocabulary,
 * {@code unet.safetensors}, {@code autoencoder/first_stage_config.yaml} and {@code autoencoder/autoencoder.safetensors}. Weights
 * are F16, which is finer than the differences that training leaves.
 */
public final class ModelExport {
    private static final String CONTEXT_EMBEDDING = "context_emb.weight";

    private ModelExport() {}

    /**
     * Writes denoiser and configuration.
     *
     * @param config what the model is, with the schedule that the denoiser was trained with
     * @param trained of {@link DenoiserTrainer}: its average is taken
     * @param contextScale of the training's recipe; the written network takes contexts without it
     */
    public static void denoiser(Path folder, ModelConfig config, Parameters trained, double contextScale)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.schedule()
                .buffers()
                .forEach((name, values) -> tensors.put(name, Tensor.of(new long[] {values.length}, values)));
        halves(trained, name -> name.equals(CONTEXT_EMBEDDING) ? contextScale : 1)
                .forEach((name, tensor) -> tensors.put("eps_model." + name, tensor));
        Files.createDirectories(folder);
        Safetensors.write(folder.resolve("unet.safetensors"), tensors, Map.of("format", "pt"));
        WholeFiles.write(folder.resolve("config.yaml"), yaml(config));
    }

    /**
     * Writes the autoencoder.
     *
     * @param trained of {@link AutoencoderLoss}: its average is taken
     * @param codebook [codes, embedDim], row-major
     */
    public static void autoencoder(Path folder, VqConfig config, Parameters trained, float[] codebook)
            throws IOException {
        Map<String, Tensor> tensors = halves(trained, name -> 1);
        long[] shape = {codebook.length / config.embedDim(), config.embedDim()};
        tensors.put("quantize.embedding.weight", half(codebook, shape));
        Path target = Files.createDirectories(folder.resolve("autoencoder"));
        Safetensors.write(target.resolve("autoencoder.safetensors"), tensors, Map.of("format", "pt"));
        WholeFiles.write(target.resolve("first_stage_config.yaml"), yaml(config));
    }

    private static Map<String, Tensor> halves(Parameters trained, ToDoubleFunction<String> factor) {
        Map<String, Tensor> halves = new LinkedHashMap<>();
        AveragedWeights.of(trained)
                .forEach((name, tensor) ->
                        halves.put(name, half(times(tensor.floats(), factor.applyAsDouble(name)), tensor.shape())));
        return halves;
    }

    private static float[] times(float[] values, double factor) {
        float[] products = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            products[i] = (float) (values[i] * factor);
        }
        return products;
    }

    private static Tensor half(float[] values, long[] shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * DType.F16.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(half(value));
        }
        return Tensor.of(DType.F16, shape, bytes.flip());
    }

    /** Rounded to the nearest half-precision number; what is too large becomes the largest. */
    static short half(float value) {
        int sign = Float.floatToIntBits(value) >>> 16 & 0x8000;
        float size = Math.min(Math.abs(value), 65504f);
        if (size < 0x1p-14f) {
            // subnormal halves are multiples of 2^-24
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int exponent = Math.getExponent(size);
        int mantissa = (int) Math.rint(Math.scalb(size, 10 - exponent));
        // a mantissa rounded up to 2048 carries into the exponent as it should
        return (short) (sign | (exponent + 15 << 10) + mantissa - 1024);
    }

    private static String yaml(ModelConfig model) {
        UNetConfig c = model.unet();
        return """
                # trained by facemill train-ldm; the keys are those of IDiff-Face's configuration
                constants:
                  image_size: %d
                  input_channels: 3
                latent_diffusion: %b
                sampling: %s
                # the noise schedule is `betas` in unet.safetensors: %d steps
                model:
                  input_channels: %d
                  initial_channels: %d
                  channel_multipliers: %s
                  is_attention: %s
                  attention_heads: %d
                  attention_head_channels: %d
                  n_blocks_per_resolution: %d
                  condition_type: %s
                  is_context_conditional: %b
                  n_context_classes: %d
                  context_input_channels: %d
                  context_norm: %s
                  context_channels: %d
                  learn_empty_context: %b
                  context_dropout_probability: %s
                """.formatted(
                        model.imageSize(),
                        model.latent(),
                        Json.MAPPER.valueToTree(model.sampling()),
                        model.schedule().steps(),
                        c.inputChannels(),
                        c.initialChannels(),
                        c.channelMultipliers(),
                        c.attention().levels(),
                        c.attention().heads(),
                        c.attention().headChannels(),
                        c.blocksPerResolution(),
                        c.conditionType().original(),
                        c.isContextConditional(),
                        c.context().classes(),
                        c.context().inputChannels(),
                        Json.MAPPER.convertValue(model.contextNorm(), String.class),
                        c.context().channels(),
                        c.context().learnEmpty(),
                        c.context().dropoutProbability());
    }

    private static String yaml(VqConfig c) {
        return """
                # trained by facemill train-ldm; the keys are those of latent-diffusion's VQModelInterface
                params:
                  embed_dim: %d
                  n_embed: %d
                  ddconfig:
                    double_z: false
                    z_channels: %d
                    resolution: %d
                    in_channels: %d
                    out_ch: %d
                    ch: %d
                    ch_mult: %s
                    num_res_blocks: %d
                    attn_resolutions: %s
                    dropout: %s
                """.formatted(
                        c.embedDim(),
                        c.codes(),
                        c.zChannels(),
                        c.resolution(),
                        c.inChannels(),
                        c.outChannels(),
                        c.channels(),
                        c.multipliers(),
                        c.residualBlocks(),
                        c.attnResolutions(),
                        c.dropout());
    }
}
