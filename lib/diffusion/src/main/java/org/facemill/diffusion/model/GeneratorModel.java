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
import org.facemill.torch.Torch;
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

    /** Loads the model of a folder that holds one; see {@link #open(ModelLocation, Precision)}. */
    public static GeneratorModel open(Path folder, Precision precision) throws IOException {
        return open(ModelLocation.of(folder), precision);
    }

    /**
     * Loads a model.
     *
     * @throws IOException              if there is no model, or more than one and nothing tells which is meant
     * @throws IllegalArgumentException if configuration and checkpoint do not belong together; the message names the tensor
     */
    public static GeneratorModel open(ModelLocation location, Precision precision) throws IOException {
        try (ModelFolder files = ModelFolder.open(location)) {
            ModelConfig config = files.config();
            Optional<VqConfig> vq = config.latent() ? Optional.of(files.requiredAutoencoder()) : Optional.empty();
            int edge = config.imageSize() / vq.map(VqConfig::factor).orElse(1);
            Graph unet = ConditionalUNet.inference(config.unet(), Torch.dtype(precision), edge);
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

    /**
     * {@code latents} [N,C,h,w] to {@code images}, U8 [N,H,W,3]; torchvision's save_image rounds this way. Whether an image's
     * numbers are all finite before they are rounded is {@code finite}, U8 [N].
     */
    private static Graph images(Optional<VqConfig> vq, Precision precision) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, Torch.dtype(precision));
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
        Value finite = recorder.op("torch.isfinite", images).flatten(1);
        recorder.output("finite", recorder.op("torch.all", finite, 1).to(DType.U8));
        return recorder.finish("decoder");
    }

    public ModelConfig config() {
        return config;
    }

    /** Channels, height and width of what samplers work on, for one image. */
    public long[] latentShape() {
        return new long[] {latentChannels, latentEdge, latentEdge};
    }

    /** Numbers per image that samplers work on: channels x height x width, in this order. */
    public int latentSize() {
        return latentChannels * latentEdge * latentEdge;
    }

    /**
     * The denoiser given an identity.
     *
     * @param context {@link UNetConfig.ContextInput#length()} numbers, as they were written: {@link ModelConfig#contextNorm()}
     *     is applied here
     * @throws IllegalArgumentException if the model takes no contexts or others
     */
    public Denoiser conditional(float[] context) {
        UNetConfig unet = config.unet();
        int expected = unet.context().length();
        if (!unet.isContextConditional() || context.length != expected) {
            throw new IllegalArgumentException("a context of " + context.length + " numbers given, the model takes "
                    + (unet.isContextConditional() ? expected : "none"));
        }
        float[] taken = unet.context().classes() > 0
                ? context.clone()
                : config.contextNorm().of(context);
        return (x, t) -> noise(x, t, taken, false);
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

    /**
     * Latents of any number of images, one after the other, to 8-bit images.
     *
     * @throws NotFiniteException where the latents hold NaN or infinities, or what is decoded does
     */
    public List<RgbImage> decode(float[] latents) {
        requireWhole(latents);
        List<RgbImage> images = new ArrayList<>();
        int chunk = DECODE_AT_ONCE * latentSize();
        for (int from = 0; from < latents.length; from += chunk) {
            decode(Arrays.copyOfRange(latents, from, Math.min(from + chunk, latents.length)), images);
        }
        return images;
    }

    private void decode(float[] latents, List<RgbImage> images) {
        for (int i = 0; i < latents.length; i++) {
            if (!Float.isFinite(latents[i])) {
                throw new NotFiniteException(images.size() + i / latentSize(), "a latent is " + latents[i]);
            }
        }
        try (Scope scope = Scope.open()) {
            List<DeviceTensor> results = parts.decoder.run(scope, latents(scope, latents));
            long[] shape = results.get(0).shape();
            ByteBuffer samples = results.get(0).bytes();
            ByteBuffer finite = results.get(1).bytes();
            while (samples.hasRemaining()) {
                if (finite.get() == 0) {
                    throw new NotFiniteException(images.size(), "the decoder gives NaN or infinities");
                }
                byte[] pixels = new byte[(int) (shape[1] * shape[2] * shape[3])];
                samples.get(pixels);
                images.add(new RgbImage((int) shape[2], (int) shape[1], pixels));
            }
        }
    }

    private DeviceTensor latents(Scope scope, float[] values) {
        requireWhole(values);
        return scope.floats(values, values.length / latentSize(), latentChannels, latentEdge, latentEdge);
    }

    private void requireWhole(float[] latents) {
        if (latents.length == 0 || latents.length % latentSize() != 0) {
            throw new IllegalArgumentException(latents.length + " numbers given, expected a multiple of " + latentSize()
                    + ": " + latentChannels + "x" + latentEdge + "x" + latentEdge + " per image");
        }
    }

    @Override
    public void close() {
        parts.unet.close();
        parts.decoder.close();
        parts.unetParameters.close();
        parts.decoderParameters.close();
    }
}
