package org.facemill.bench;

import java.util.List;
import java.util.function.Consumer;
import org.facemill.tensor.DType;

final class Decode implements Section {

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public String description() {
        return "decoding latents to 128x128 images by the published autoencoder, per batch";
    }

    @Override
    public void run(Consumer<String> out) {
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            try (Published network = Published.decoder(dtype)) {
                for (int batch : List.of(1, 8, 16)) {
                    Stopwatch time = network.time(batch, 5);
                    out.accept("%-4s batch %2d: %s, %6.1f GFLOP/s".formatted(dtype, batch, time,
                            batch * Published.DECODE_GFLOP / time.best() * 1000));
                }
            }
        }
    }
}
