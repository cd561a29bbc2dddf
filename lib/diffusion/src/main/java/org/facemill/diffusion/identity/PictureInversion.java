package org.facemill.diffusion.identity;

import java.io.IOException;
import java.util.Optional;
import org.facemill.contracts.recipe.Precision;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.LatentEncoder;
import org.facemill.diffusion.model.ModelLocation;
import org.facemill.diffusion.model.NotFiniteException;
import org.facemill.diffusion.sampler.DdimInversion;
import org.facemill.diffusion.sampler.DdimSampler;
import org.facemill.diffusion.sampler.DdimSampler.Variant;
import org.facemill.diffusion.sampler.Denoiser;
import org.facemill.diffusion.sampler.NoiseSource;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;

/**
 * Pictures to the noise that a generator makes them of, and back: {@link DdimInversion}, then DDIM in as many steps, both
 * without guidance. For one thread.
 */
public final class PictureInversion implements AutoCloseable {
    /** DDIM without eta draws none. */
    private static final NoiseSource NO_NOISE = (step, out) -> {
        throw new IllegalStateException("a deterministic sampler draws noise");
    };

    private final GeneratorModel model;
    private final LatentEncoder encoder;
    private final DdimInversion inversion;
    private final DdimSampler sampler;

    private PictureInversion(GeneratorModel model, LatentEncoder encoder, int steps, Variant variant) {
        this.model = model;
        this.encoder = encoder;
        this.inversion = new DdimInversion(model.config().schedule(), steps, variant);
        this.sampler = new DdimSampler(model.config().schedule(), steps, 0, variant);
    }

    /**
     * A picture, inverted.
     *
     * @param picture        as the generator sees it: resized
     * @param noise          x_T, [C,h,w] row-major
     * @param encoded        the picture through the autoencoder alone: how much any reconstruction lacks
     * @param reconstruction what is sampled from the noise
     */
    public record Inverted(RgbImage picture, float[] noise, RgbImage encoded, RgbImage reconstruction) {

        /** Mean absolute difference of the reconstruction from the picture, 0 to 255. */
        public double error() {
            return difference(picture, reconstruction);
        }

        /** The autoencoder's part of it, 0 to 255. */
        public double autoencoderError() {
            return difference(picture, encoded);
        }

        private static double difference(RgbImage one, RgbImage other) {
            long sum = 0;
            for (int i = 0; i < one.pixels().length; i++) {
                sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
            }
            return (double) sum / one.pixels().length;
        }
    }

    /**
     * Loads a model with its encoder, in fp32.
     *
     * @param steps 1 to the model's own number
     * @throws IOException              if there is no such model, or its encoder is missing
     * @throws IllegalArgumentException if the model has fewer steps
     */
    public static PictureInversion open(ModelLocation location, int steps, Variant variant) throws IOException {
        GeneratorModel model = GeneratorModel.open(location, Precision.FP32);
        LatentEncoder encoder = null;
        try {
            encoder = LatentEncoder.open(location);
            return new PictureInversion(model, encoder, steps, variant);
        } catch (IOException | RuntimeException e) {
            model.close();
            if (encoder != null) {
                encoder.close();
            }
            throw e;
        }
    }

    /** Shape of a picture's noise: channels, height, width. */
    public long[] noiseShape() {
        return model.latentShape();
    }

    /** How often the listener of {@link #invert} is called. */
    public int steps() {
        return 2 * sampler.steps();
    }

    /**
     * Inverts a picture of any size.
     *
     * @param context  of whom it shows, as it was written; without, the empty context
     * @param listener called after each step, there and back
     * @throws IllegalArgumentException if the model takes no contexts, or others
     * @throws NotFiniteException       where the numbers of the reconstruction are not finite
     */
    public Inverted invert(RgbImage original, Optional<float[]> context, StepListener listener) {
        int edge = model.config().imageSize();
        RgbImage picture = Images.resizeAntialiased(original, edge, edge);
        Denoiser denoiser = context.map(model::conditional).orElseGet(model::unconditional);
        float[] latents = encoder.encode(picture);
        float[] noise = inversion.invert(denoiser, latents, listener);
        float[] again = sampler.sample(denoiser, NO_NOISE, noise, listener);
        return new Inverted(
                picture,
                noise,
                model.decode(latents).get(0),
                model.decode(again).get(0));
    }

    @Override
    public void close() {
        model.close();
        encoder.close();
    }
}
