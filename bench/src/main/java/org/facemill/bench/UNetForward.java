package org.facemill.bench;

import java.util.List;
import java.util.function.Consumer;
import org.facemill.tensor.DType;

final class UNetForward implements Section {

    @Override
    public String name() {
        return "unet";
    }

    @Override
    public String description() {
        return "one evaluation of the published U-Net (216 M parameters), per batch";
    }

    @Override
    public void run(Consumer<String> out) {
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            try (Published network = Published.unet(dtype)) {
                for (int batch : List.of(1, 8, 16)) {
                    Stopwatch time = network.time(batch, 5);
                    out.accept("%-4s batch %2d: %s, %6.1f GFLOP/s".formatted(dtype, batch, time,
                            batch * Published.UNET_GFLOP / time.best() * 1000));
                }
            }
        }
    }
}
