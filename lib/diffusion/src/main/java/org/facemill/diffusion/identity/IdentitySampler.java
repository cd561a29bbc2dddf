package org.facemill.diffusion.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.Sampling;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.ModelConfig;
import org.facemill.diffusion.sampler.DdimSampler;
import org.facemill.diffusion.sampler.DdpmSampler;
import org.facemill.diffusion.sampler.Denoiser;
import org.facemill.diffusion.sampler.DpmSolverPlusPlus2M;
import org.facemill.diffusion.sampler.GuidedDenoiser;
import org.facemill.diffusion.sampler.NoiseSource;
import org.facemill.diffusion.sampler.Sampler;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.images.RgbImage;

/**
 * Samples the images of identities. On one class of device, threads and precision they are a function of seed, ordinal,
 * context, recipe and their number alone: a batch holds one identity's images, and an identity's batches are of one size,
 * the last filled up with the images that would come next. Safe for many threads.
 */
public final class IdentitySampler {
    /** Larger batches gain little and take memory. */
    private static final int LARGEST_BATCH = 16;

    private final GeneratorModel model;
    private final Sampler sampler;
    private final float guidance;

    /**
     * @param model  stays open as long as it is sampled from
     * @param recipe its method, steps, eta and guidance, where they are not left to the model; its model and precision are
     *     those of {@code model}
     * @throws IllegalArgumentException where the model has fewer steps than asked for
     */
    public IdentitySampler(GeneratorModel model, Sampling recipe) {
        this.model = model;
        this.sampler = sampler(model.config(), recipe);
        this.guidance = recipe.guidance()
                .orElse(model.config().sampling().guidanceScale())
                .floatValue();
    }

    private static Sampler sampler(ModelConfig model, Sampling recipe) {
        NoiseSchedule schedule = model.schedule();
        int steps = recipe.steps().orElse(model.sampling().steps());
        double eta = recipe.eta().orElse(model.sampling().eta());
        return switch (recipe.method().orElse(model.sampling().method())) {
            case DDPM -> new DdpmSampler(schedule);
            case DDIM -> new DdimSampler(schedule, steps, eta, DdimSampler.Variant.PAPER);
            case DDIM_FAITHFUL -> new DdimSampler(schedule, steps, eta, DdimSampler.Variant.ADMIS);
            case DPM_PLUS_PLUS -> new DpmSolverPlusPlus2M(schedule, steps);
        };
    }

    /** How often the listener of {@link #sample} is called for so many images. */
    public int steps(int images) {
        return batches(images) * sampler.steps();
    }

    /**
     * The images 0 .. images-1 of an identity.
     *
     * @param context  what the model takes, 512 numbers for the published ones
     * @param listener told after each step of each batch; an exception that it throws ends the sampling
     */
    public List<RgbImage> sample(float[] context, long seed, long ordinal, int images, StepListener listener) {
        Denoiser denoiser = denoiser(context);
        int batch = batchSize(images);
        List<RgbImage> result = new ArrayList<>();
        for (int first = 0; first < images; first += batch) {
            NoiseSource noise = NoiseSource.of(seed, ordinal, first, batch);
            float[] start = new float[batch * model.latentSize()];
            noise.draw(Noise.X_T, start);
            float[] latents = sampler.sample(denoiser, noise, start, listener);
            result.addAll(model.decode(Arrays.copyOf(latents, Math.min(batch, images - first) * model.latentSize())));
        }
        return result;
    }

    /** As few batches as can be, and so even that little is wasted: 18 images are 2 of 9, 52 are 4 of 13. */
    private static int batchSize(int images) {
        int batches = batches(images);
        return (images + batches - 1) / batches;
    }

    private static int batches(int images) {
        return (images + LARGEST_BATCH - 1) / LARGEST_BATCH;
    }

    private Denoiser denoiser(float[] context) {
        if (!model.config().unet().isContextConditional()) {
            return model.unconditional();
        }
        Denoiser conditional = model.conditional(context);
        int guidedBelow = model.config()
                .sampling()
                .guidanceBelow()
                .orElse(model.config().schedule().steps());
        return guidance == 1
                ? conditional
                : new GuidedDenoiser(conditional, model.unconditional(), guidance, guidedBelow);
    }
}
