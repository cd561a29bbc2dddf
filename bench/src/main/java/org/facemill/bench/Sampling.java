package org.facemill.bench;

import java.util.function.Consumer;
import org.facemill.tensor.DType;

final class Sampling implements Section {
    private static final int BATCH = 16;

    @Override
    public String name() {
        return "sampling";
    }

    @Override
    public String description() {
        return "images per second of the published model, extrapolated from one step and one decoding, 16 images at once";
    }

    @Override
    public void run(Consumer<String> out) {
        for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
            double step;
            double decode;
            try (Published unet = Published.unet(dtype)) {
                step = unet.time(BATCH, 5).best();
            }
            try (Published decoder = Published.decoder(dtype)) {
                decode = decoder.time(BATCH / 4, 5).best() * 4;
            }
            out.accept(rate(dtype, "DDPM-1000", 1000 * step + decode));
            out.accept(rate(dtype, "DDIM-50", 50 * step + decode));
            out.accept(rate(dtype, "DPM++-20", 20 * step + decode));
        }
    }

    private static String rate(DType dtype, String sampler, double milliseconds) {
        return "%-4s %-10s %8.4f images/s".formatted(dtype, sampler, BATCH * 1000 / milliseconds);
    }
}
