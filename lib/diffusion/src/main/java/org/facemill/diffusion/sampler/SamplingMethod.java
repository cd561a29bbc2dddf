package org.facemill.diffusion.sampler;

import java.util.function.BiFunction;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registered;
import org.facemill.diffusion.schedule.NoiseSchedule;

/**
 * A sampling method that recipes choose.
 *
 * @param sampler makes its sampler for a model's schedule, by the steps and eta that are wanted; throws
 *     IllegalArgumentException where the schedule has fewer steps
 */
public record SamplingMethod(String name, String description, BiFunction<NoiseSchedule, ModelSampling, Sampler> sampler)
        implements Registered {

    @Override
    public Kind kind() {
        return Kind.SAMPLING_METHOD;
    }
}
