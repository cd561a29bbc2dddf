package org.facemill.diffusion.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.generator.Guidance;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.ModelConfig;
import org.facemill.diffusion.model.NotFiniteException;
import org.facemill.diffusion.sampler.Denoiser;
import org.facemill.diffusion.sampler.GuidedDenoiser;
import org.facemill.diffusion.sampler.NoiseSource;
import org.facemill.diffusion.sampler.Sampler;
import org.facemill.diffusion.sampler.SamplingMethods;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.diffusion.sampler.StepResults;
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
    private final ModelSampling sampling;

    /**
     * Images of an identity with what they were on the way.
     *
     * @param steps the images by the number of steps done
     */
    public record StepImages(List<RgbImage> images, SortedMap<Integer, List<RgbImage>> steps) {}

    /**
     * @param model  stays open as long as it is sampled from
     * @param wanted how it is sampled
     * @throws IllegalArgumentException where the model has fewer steps than asked for, or none in guidance's interval
     */
    public IdentitySampler(GeneratorModel model, ModelSampling wanted) {
        this.model = model;
        this.sampler = SamplingMethods.REGISTRY
                .named(wanted.method())
                .sampler()
                .apply(model.config().schedule(), wanted);
        this.sampling = effective(model.config(), wanted, sampler);
    }

    private static ModelSampling effective(ModelConfig model, ModelSampling wanted, Sampler sampler) {
        boolean guided =
                model.unet().isContextConditional() && wanted.guidance().scale() != 1;
        Guidance guidance = guided ? within(model.schedule(), wanted.guidance()) : Guidance.NONE;
        return new ModelSampling(wanted.method(), sampler.steps(), sampler.eta(), guidance);
    }

    private static Guidance within(NoiseSchedule schedule, Guidance guidance) {
        int to = Math.min(guidance.to().orElse(Integer.MAX_VALUE), schedule.steps());
        if (guidance.from() >= to) {
            throw new IllegalArgumentException("guidance from step " + guidance.from() + " to before " + to
                    + ": no step is guided; the model's steps are 0 to " + (schedule.steps() - 1));
        }
        return new Guidance(guidance.scale(), guidance.from(), Optional.of(to));
    }

    /** The sampling that is carried out: with the method's own number of steps, and without what has no effect. */
    public ModelSampling sampling() {
        return sampling;
    }

    /** How often the listener of {@link #sample} is called for so many images. */
    public int steps(int images) {
        return batches(images) * sampler.steps();
    }

    /**
     * The images 0 .. images-1 of an identity.
     *
     * @param context  as it was written, 512 numbers for the published models
     * @param listener called after each step of each batch; an exception that it throws ends the sampling
     * @throws NotFiniteException where the numbers of any image are not finite
     */
    public List<RgbImage> sample(float[] context, long seed, long ordinal, int images, StepListener listener) {
        return sample(denoiser(context), seed, ordinal, images, Set.of(), listener)
                .images();
    }

    /**
     * The images of an identity, as {@link #sample}, and what they were on the way from noise.
     *
     * @param kept numbers of steps done, 0 (noise) to {@link ModelSampling#steps()}, after which to decode them
     */
    public StepImages sample(
            float[] context, long seed, long ordinal, int images, Set<Integer> kept, StepListener listener) {
        return sample(denoiser(context), seed, ordinal, images, kept, listener);
    }

    /** Images of nobody: with the empty context, where the model takes contexts. */
    public List<RgbImage> sampleWithoutContext(long seed, long ordinal, int images, StepListener listener) {
        return sample(model.unconditional(), seed, ordinal, images, Set.of(), listener)
                .images();
    }

    private StepImages sample(
            Denoiser denoiser, long seed, long ordinal, int images, Set<Integer> kept, StepListener listener) {
        int batch = batchSize(images);
        List<RgbImage> result = new ArrayList<>();
        SortedMap<Integer, List<RgbImage>> steps = new TreeMap<>();
        for (int first = 0; first < images; first += batch) {
            NoiseSource noise = NoiseSource.of(seed, ordinal, first, batch);
            float[] start = new float[batch * model.latentSize()];
            noise.draw(Noise.X_T, start);
            StepResults onTheWay = new StepResults(kept, start, listener);
            float[] latents = sampler.sample(denoiser, noise, start, onTheWay);
            int wanted = Math.min(batch, images - first) * model.latentSize();
            result.addAll(decode(Arrays.copyOf(latents, wanted), first));
            for (var step : onTheWay.results().entrySet()) {
                steps.computeIfAbsent(step.getKey(), done -> new ArrayList<>())
                        .addAll(decode(Arrays.copyOf(step.getValue(), wanted), first));
            }
        }
        return new StepImages(result, steps);
    }

    private List<RgbImage> decode(float[] latents, int first) {
        try {
            return model.decode(latents);
        } catch (NotFiniteException e) {
            throw new NotFiniteException(
                    first + e.image(),
                    e.what() + " after " + sampling.steps() + " steps of " + sampling.method() + " with guidance "
                            + sampling.guidance().scale()
                            + "; take a smaller guidance scale or precision fp32, or check the model's weights");
        }
    }

    /** As few batches as possible, as even as possible: 18 images are 2 of 9, 52 are 4 of 13. */
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
        Guidance guidance = sampling.guidance();
        return guidance.equals(Guidance.NONE)
                ? conditional
                : new GuidedDenoiser(
                        conditional,
                        model.unconditional(),
                        (float) guidance.scale(),
                        guidance.from(),
                        guidance.to().orElseThrow());
    }
}
