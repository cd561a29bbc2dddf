package org.facemill.bench;

import java.util.List;
import java.util.function.Consumer;
import org.facemill.diffusion.sampler.DpmSolverPlusPlus2M;
import org.facemill.diffusion.sampler.NoiseSource;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.tensor.DType;

final class SamplingSpeed implements Section {
    private static final int IMAGES = 16;
    private static final int STEPS = 20;
    /** As sampling decodes. */
    private static final int DECODED_AT_ONCE = 4;

    @Override
    public String name() {
        return "sampling";
    }

    @Override
    public String description() {
        return "images/s of the published model, 16 at once: 20 steps of DPM++ and decoding are run, DDIM and DDPM follow from them";
    }

    @Override
    public void run(int calls, Consumer<String> out) {
        double slowest = 0;
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            double step = step(dtype);
            double decode;
            try (Published decoder = Published.decoder(dtype)) {
                decode = decoder.time(DECODED_AT_ONCE, calls).best() / DECODED_AT_ONCE * IMAGES;
            }
            double ddpm = rate(1000, step, decode);
            slowest = slowest == 0 ? ddpm : slowest;
            out.accept("%-4s %.0f ms a step, %.0f ms for decoding 16".formatted(dtype, step, decode));
            out.accept("%-4s DDPM-1000 %8.4f images/s (extrapolated)".formatted(dtype, ddpm));
            out.accept("%-4s DDIM-50   %8.4f images/s (extrapolated), %6.1f times fp32 DDPM-1000"
                    .formatted(dtype, rate(50, step, decode), rate(50, step, decode) / slowest));
            out.accept("%-4s DPM++-20  %8.4f images/s, %6.1f times fp32 DDPM-1000"
                    .formatted(dtype, rate(STEPS, step, decode), rate(STEPS, step, decode) / slowest));
        }
    }

    /** Milliseconds per step of a whole run, the sampler's own arithmetic included. */
    private static double step(DType dtype) {
        try (Published unet = Published.unet(dtype)) {
            float[] start = Published.gaussian(IMAGES * 3 * Published.EDGE * Published.EDGE);
            unet.noise(start, 0);
            NoiseSource none = (step, out) -> {};
            long begin = System.nanoTime();
            new DpmSolverPlusPlus2M(NoiseSchedule.linear(1000), STEPS)
                    .sample(unet::noise, none, start, StepListener.NONE);
            return (System.nanoTime() - begin) / 1e6 / STEPS;
        }
    }

    private static double rate(int steps, double step, double decode) {
        return IMAGES * 1000 / (steps * step + decode);
    }
}
