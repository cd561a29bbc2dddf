package org.facemill.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.facemill.tensor.DType;

/**
 * One evaluation of a published network per batch, fp32 and bf16.
 *
 * @param gflop   floating-point operations per sample, in 1e9
 * @param pytorch milliseconds of the original in PyTorch eager, 2 threads on a quiet machine of this kind, by type and batch
 */
record Forward(
        String name,
        String description,
        double gflop,
        Map<DType, Map<Integer, Integer>> pytorch,
        Function<DType, Published> network)
        implements Section {
    private static final List<Integer> BATCHES = List.of(1, 8, 16);

    static Forward unet() {
        return new Forward(
                "unet",
                "one evaluation of the published U-Net (216 M parameters), per batch",
                Published.UNET_GFLOP,
                Map.of(DType.F32, Map.of(1, 243, 8, 891, 16, 1423), DType.BF16, Map.of(8, 445)),
                Published::unet);
    }

    static Forward decode() {
        return new Forward(
                "decode",
                "decoding latents to 128x128 images by the published autoencoder, per batch",
                Published.DECODE_GFLOP,
                Map.of(DType.F32, Map.of(1, 939), DType.BF16, Map.of(1, 454)),
                Published::decoder);
    }

    @Override
    public void run(int calls, Consumer<String> out) {
        Map<Integer, Stopwatch> fp32 = new HashMap<>();
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            double ceiling = MatrixProduct.gflops(dtype, calls);
            out.accept("%-4s product of 4096x4096 matrices: %.0f GFLOP/s".formatted(dtype, ceiling));
            try (Published published = network.apply(dtype)) {
                for (int batch : BATCHES) {
                    Stopwatch time = published.time(batch, calls);
                    double reached = batch * gflop / time.best() * 1000;
                    out.accept("%-4s batch %2d: %s, %4.0f GFLOP/s, %.2f of the product's%s"
                            .formatted(
                                    dtype,
                                    batch,
                                    time,
                                    reached,
                                    reached / ceiling,
                                    against(pytorch.get(dtype).get(batch), fp32.get(batch), time)));
                    fp32.putIfAbsent(batch, time);
                }
            }
        }
    }

    private static String against(Integer pytorch, Stopwatch fp32, Stopwatch time) {
        String text = pytorch == null ? "" : "; %.2f of PyTorch's %d ms".formatted(time.best() / pytorch, pytorch);
        return fp32 == null
                ? text
                : text
                        + "; %.2f of fp32 (processor time %.2f)"
                                .formatted(time.best() / fp32.best(), time.processor() / fp32.processor());
    }
}
