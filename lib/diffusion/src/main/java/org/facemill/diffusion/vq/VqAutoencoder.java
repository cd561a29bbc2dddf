package org.facemill.diffusion.vq;

import org.facemill.tensor.DType;
import org.facemill.torch.Conv;
import org.facemill.torch.Graph;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * The first stage of latent diffusion: images to latents and back, with a codebook in front of the decoder (Esser et al.,
 * 2021; VQEncoderInterface and VQDecoderInterface in models/autoencoder/vqgan.py, whose names its parameters carry).
 */
public final class VqAutoencoder {
    private final Layers layers;
    private final VqConfig config;

    public VqAutoencoder(Layers layers, VqConfig config) {
        this.layers = layers;
        this.config = config;
    }

    /**
     * The nearest codebook entries.
     *
     * @param latents what the decoder takes, of the input's shape: its gradient is the input's (straight-through)
     * @param indices [N*h*w], INT64, in the order n, h, w; the first of equally near ones
     */
    public record Quantised(Value latents, Value indices) {}

    /** The encoder for inference: {@code images} to {@code latents}, see {@link #encode}. */
    public static Graph encoder(VqConfig config, DType dtype) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, dtype);
        recorder.output("latents", new VqAutoencoder(new Layers(recorder), config).encode(recorder.input("images")));
        return recorder.finish("VQ encoder");
    }

    /** The encoder of pictures as they are: {@code images} U8 [N,H,W,3] to {@code latents}, see {@link #encode}. */
    public static Graph pictureEncoder(VqConfig config, DType dtype) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, dtype);
        Value images = recorder.input("images")
                .to(DType.F32)
                .permute(0, 3, 1, 2)
                .div(127.5)
                .sub(1)
                .channelsLast();
        recorder.output(
                "latents",
                new VqAutoencoder(new Layers(recorder), config)
                        .encode(images)
                        .to(DType.F32)
                        .contiguous());
        return recorder.finish("encoder");
    }

    /** The decoder for inference, codebook included: {@code latents} to {@code images}, see {@link #decode}. */
    public static Graph decoder(VqConfig config, DType dtype) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, dtype);
        VqAutoencoder network = new VqAutoencoder(new Layers(recorder), config);
        Quantised quantised = network.quantise(recorder.input("latents"));
        recorder.output("images", network.decode(quantised.latents()));
        return recorder.finish("VQ decoder");
    }

    /** Images [N,inChannels,H,W] in [-1,1] to latents [N,embedDim,H/f,W/f], not quantised, not scaled. */
    public Value encode(Value images) {
        Value h = new VqEncoder(layers.at("encoder"), config).of(images.to(layers.dtype()));
        return layers.conv2d("quant_conv", h, Conv.of(config.zChannels(), config.embedDim(), 1))
                .to(DType.F32);
    }

    /** Latents [N,embedDim,h,w] to their nearest codebook entries (VectorQuantizer2 in models/autoencoder/quantization.py). */
    public Quantised quantise(Value latents) {
        Value codebook = layers.at("quantize")
                .parameter("embedding.weight", Init.uniform(1.0 / config.codes()), config.codes(), config.embedDim())
                .to(DType.F32);
        Value last = latents.permute(0, 2, 3, 1);
        Value indices = layers.recorder().nearest(last.reshape(-1, config.embedDim()), codebook);
        Value nearest = codebook.rows(indices)
                .reshape(latents.size(0), latents.size(2), latents.size(3), -1)
                .permute(0, 3, 1, 2)
                .contiguous();
        return new Quantised(latents.add(nearest.sub(latents).detach()), indices);
    }

    /** Latents [N,embedDim,h,w], as they are, to images [N,outChannels,h*f,w*f] around [-1,1], not clamped. */
    public Value decode(Value latents) {
        Value h = layers.conv2d(
                "post_quant_conv", latents.to(layers.dtype()), Conv.of(config.embedDim(), config.zChannels(), 1));
        return new VqDecoder(layers.at("decoder"), config).of(h).to(DType.F32);
    }
}
