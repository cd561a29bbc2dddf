package org.facemill.diffusion.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.recipe.Precision;
import org.facemill.diffusion.sampler.Denoiser;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.images.RgbImage;
import org.facemill.tensor.DType;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Value;

/**
 * A generator ready to sample: its denoiser for one identity's images at a time, and its autoencoder's decoder. Safe for
 * several threads. What a call computes depends on its arguments, the number of images among them, and on the class of
 * device, the threads and the precision; on nothing else.
 */
public final class GeneratorModel implements AutoCloseable {
    /** Decoding takes much more memory than denoising. */
    private static final int DECODE_AT_ONCE = 4;

    private final ModelConfig config;
    private final int latentEdge;
    private final int latentChannels;
    private final Parts parts;

    private record Parts(Parameters unetParameters, Network unet, Parameters decoderParameters, Network decoder) {}

    private GeneratorModel(ModelConfig config, int latentEdge, Parts parts) {
        this.config = config;
        this.latentEdge = latentEdge;
        this.latentChannels = config.unet().inputChannels();
        this.parts = parts;
    }

    /**
     * Loads a model.
     *
     * @param folder as its authors publish it: original checkpoints with or without configuration, or our own files
     * @throws IOException              if the folder holds no model or a damaged file
     * @throws IllegalArgumentException if configuration and checkpoint do not belong together; the message names the tensor
     */
    public static GeneratorModel open(Path folder, Precision precision) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            ModelConfig config = files.config();
            Optional<VqConfig> vq = config.latent() ? files.autoencoder() : Optional.empty();
            if (config.latent() && vq.isEmpty()) {
                throw new IOException(folder + ": works on latents, but holds no decoder; put the first stage's "
                        + "state dictionary into " + folder.resolve("autoencoder"));
            }
            int edge = config.imageSize() / vq.map(VqConfig::factor).orElse(1);
            Graph unet = ConditionalUNet.inference(config.unet(), dtype(precision), edge);
            Graph decoder = images(vq, precision);
            Parameters unetParameters = files.denoiser(unet);
            Parameters decoderParameters = vq.isPresent() ? files.decoder(decoder) : new Parameters("no autoencoder");
            return new GeneratorModel(
                    config,
                    edge,
                    new Parts(
                            unetParameters,
                            Network.load(unet, unetParameters),
                            decoderParameters,
                            Network.load(decoder, decoderParameters)));
        }
    }

    /** {@code latents} [N,C,h,w] to {@code images}, U8 [N,H,W,3]; torchvision's save_image rounds this way. */
    private static DType dtype(Precision precision) {
        return precision == Precision.BF16 ? DType.BF16 : DType.F32;
    }

    private static Graph images(Optional<VqConfig> vq, Precision precision) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, dtype(precision));
        Value images = recorder.input("latents");
        if (vq.isPresent()) {
            VqAutoencoder network = new VqAutoencoder(new Layers(recorder), vq.get());
            images = network.decode(network.quantise(images).latents());
        }
        Value samples = images.clamp(-1, 1)
                .add(1)
                .div(2)
                .mul(255)
                .add(0.5)
                .clamp(0, 255)
                .to(DType.U8);
        recorder.output("images", samples.permute(0, 2, 3, 1).contiguous());
        return recorder.finish("decoder");
    }

    public ModelConfig config() {
        return config;
    }

    /** Numbers per image that samplers work on: channels x height x width, in this order. */
    public int latentSize() {
        return latentChannels * latentEdge * latentEdge;
    }

    /**
     * The denoiser given an identity.
     *
     * @param context {@link UNetConfig.ContextInput#length()} numbers
     * @throws IllegalArgumentException if the model takes no contexts or others
     */
    public Denoiser conditional(float[] context) {
        UNetConfig unet = config.unet();
        int expected = unet.context().length();
        if (!unet.isContextConditional() || context.length != expected) {
            throw new IllegalArgumentException("a context of " + context.length + " numbers given, the model takes "
                    + (unet.isContextConditional() ? expected : "none"));
        }
        float[] own = context.clone();
        return (x, t) -> noise(x, t, own, false);
    }

    /** The denoiser without an identity: with the empty context, where the model takes contexts. */
    public Denoiser unconditional() {
        float[] none = new float[config.unet().context().length()];
        return (x, t) -> noise(x, t, none, true);
    }

    private float[] noise(float[] x, int t, float[] context, boolean empty) {
        try (Scope scope = Scope.open()) {
            DeviceTensor latents = latents(scope, x);
            DeviceTensor steps = scope.longs(new long[] {t}, 1);
            if (!config.unet().isContextConditional()) {
                return parts.unet.apply(scope, latents, steps).floats();
            }
            DeviceTensor condition = config.unet().context().classes() > 0
                    ? scope.longs(new long[] {(long) context[0]}, 1)
                    : scope.floats(context, 1, context.length);
            DeviceTensor mask = scope.bytes(new byte[] {(byte) (empty ? 1 : 0)}, 1);
            return parts.unet.apply(scope, latents, steps, condition, mask).floats();
        }
    }

    /** Latents of any number of images, one after the other, to 8-bit images. */
    public List<RgbImage> decode(float[] latents) {
        List<RgbImage> images = new ArrayList<>();
        int chunk = DECODE_AT_ONCE * latentSize();
        for (int from = 0; from < latents.length; from += chunk) {
            images.addAll(decodeChunk(Arrays.copyOfRange(latents, from, Math.min(from + chunk, latents.length))));
        }
        return images;
    }

    private List<RgbImage> decodeChunk(float[] latents) {
        try (Scope scope = Scope.open()) {
            DeviceTensor images = parts.decoder.apply(scope, latents(scope, latents));
            long[] shape = images.shape();
            ByteBuffer samples = images.bytes();
            List<RgbImage> decoded = new ArrayList<>();
            while (samples.hasRemaining()) {
                byte[] pixels = new byte[(int) (shape[1] * shape[2] * shape[3])];
                samples.get(pixels);
                decoded.add(new RgbImage((int) shape[2], (int) shape[1], pixels));
            }
            return decoded;
        }
    }

    private DeviceTensor latents(Scope scope, float[] values) {
        if (values.length == 0 || values.length % latentSize() != 0) {
            throw new IllegalArgumentException(values.length + " numbers given, expected a multiple of " + latentSize()
                    + ": " + latentChannels + "x" + latentEdge + "x" + latentEdge + " per image");
        }
        return scope.floats(values, values.length / latentSize(), latentChannels, latentEdge, latentEdge);
    }

    @Override
    public void close() {
        parts.unet.close();
        parts.decoder.close();
        parts.unetParameters.close();
        parts.decoderParameters.close();
    }
}
