package org.facemill.diffusion.training;

import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * What an autoencoder learns, as a graph.
 *
 * <p>In place of VQ's straight-through estimator the latents take Gaussian noise of the size of the quantisation error,
 * and the codebook is fitted to the trained encoder's latents afterwards ({@link Codebook}): every entry is used, and the
 * decoder forgives the small errors of a diffusion model too. Two moments per latent channel are held near 0 and 1,
 * because diffusion adds noise of unit variance to latents that are not rescaled.
 *
 * @param edges weight of the mean absolute error of the images' horizontal and vertical differences
 * @param tones weight of the mean absolute error of the colours of squares of 8x8 pixels
 * @param moments weight of the latents' squared deviation from mean 0 and variance 1 per channel
 * @param noise standard deviation of the noise on the latents
 */
public record AutoencoderLoss(double edges, double tones, double moments, double noise) {

    /** The settings of the demo model. */
    public static final AutoencoderLoss DEFAULT = new AutoencoderLoss(1, 1, 0.01, 0.07);

    /** Edge in pixels of the squares over which colours are compared. */
    private static final int TONE = 8;

    /**
     * Records the gradients: inputs {@code images} (U8 [N,H,W,3]) and {@code seed} (I64); outputs {@code loss}, {@code l1} (mean
     * absolute error in units of -1..1) and the gradients.
     */
    public Graph record(VqConfig config, DType precision) {
        return record(config, precision, false);
    }

    /**
     * Records the same for the decoder alone: the encoder, and with it the latents that a denoiser learns from, stays as
     * it is.
     */
    public Graph recordDecoder(VqConfig config, DType precision) {
        return record(config, precision, true);
    }

    private Graph record(VqConfig config, DType precision, boolean decoderAlone) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING, precision);
        VqAutoencoder autoencoder = new VqAutoencoder(new Layers(recorder), config);
        Value images = recorder.input("images")
                .to(DType.F32)
                .permute(0, 3, 1, 2)
                .div(127.5)
                .sub(1)
                .contiguous();
        Value latents = autoencoder.encode(images.channelsLast());
        Value errors = recorder.op(
                "torch.normal",
                recorder.op("torch.zeros_like", latents.detach()),
                noise,
                Recorder.named("generator", recorder.generator()));
        Value difference =
                autoencoder.decode(latents.add(errors).channelsLast()).sub(images);
        Value l1 = difference.abs().mean();
        Value slopes = slope(recorder, difference, 2).add(slope(recorder, difference, 3));
        Value tone = difference.avgPool2d(TONE, TONE).abs().mean();
        Value loss = l1.add(slopes.mul(edges))
                .add(tone.mul(tones))
                .add(deviation(latents).mul(moments));
        recorder.output("loss", loss.detach());
        recorder.output("l1", l1.detach());
        Gradients.of(recorder, loss, name -> !decoderAlone || isOfDecoder(name)).output();
        return recorder.finish("autoencoder training");
    }

    private static boolean isOfDecoder(String name) {
        return name.startsWith("decoder.") || name.startsWith("post_quant_conv.");
    }

    private static Value slope(Recorder recorder, Value image, int dim) {
        return recorder.op("torch.diff", image, 1, dim).abs().mean();
    }

    private static Value deviation(Value latents) {
        Value mean = latents.mean(new int[] {0, 2, 3}, false);
        Value variance = latents.square().mean(new int[] {0, 2, 3}, false).sub(mean.square());
        return mean.square().mean().add(variance.sub(1).square().mean());
    }
}
