package org.facemill.diffusion.sampler;

import java.util.List;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registrations;
import org.facemill.contracts.registry.Registry;
import org.facemill.diffusion.sampler.DdimSampler.Variant;

/** The sampling methods that recipes can choose: a line for each, beside its {@link Sampler}. */
public final class SamplingMethods implements Registrations {

    public static final Registry<SamplingMethod> REGISTRY = new Registry<>(Kind.SAMPLING_METHOD, SamplingMethod.class);

    @Override
    public List<SamplingMethod> registered() {
        return List.of(
                new SamplingMethod(
                        "ddpm",
                        "ancestral sampling (Ho et al., 2020) over all of the model's steps",
                        (schedule, wanted) -> new DdpmSampler(schedule)),
                new SamplingMethod(
                        "ddim",
                        "denoising diffusion implicit model (Song et al., 2021)",
                        (schedule, wanted) -> new DdimSampler(schedule, wanted.steps(), wanted.eta(), Variant.PAPER)),
                new SamplingMethod(
                        "ddim-faithful",
                        "ddim with the steps of ADMIS' published code, off by one",
                        (schedule, wanted) -> new DdimSampler(schedule, wanted.steps(), wanted.eta(), Variant.ADMIS)),
                new SamplingMethod(
                        "dpm++",
                        "DPM-Solver++(2M) (Lu et al., 2022), good in 15 to 25 steps",
                        (schedule, wanted) -> new DpmSolverPlusPlus2M(schedule, wanted.steps())));
    }
}
