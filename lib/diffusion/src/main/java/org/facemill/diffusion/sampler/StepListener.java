package org.facemill.diffusion.sampler;

/** Called after each step of a sampler: for progress, inspection and cancellation. */
@FunctionalInterface
public interface StepListener {
    StepListener NONE = (done, t, x) -> {};

    /**
     * A step is done. An exception that is thrown here ends the sampling.
     *
     * @param done number of steps that are done, from 1 to {@link Sampler#steps()}
     * @param t    the step of the schedule at which the network was evaluated
     * @param x    latents after it, not to be changed or kept
     */
    void onStep(int done, int t, float[] x);
}
