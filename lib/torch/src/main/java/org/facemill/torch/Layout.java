package org.facemill.torch;

import java.util.List;

/**
 * How a parameter lies in memory: the function of TorchScript that lays it out so, and its further arguments.
 *
 * <p>Layers that are packed keep their weights in the order in which oneDNN's kernels read them. Without that each call first
 * reorders them, which takes as long as the product itself where images are small and channels are many.
 */
public record Layout(String function, List<Object> arguments) {
    /** Which batch is meant matters little, unlike the edge. */
    private static final long BATCH = 16;

    static final Layout PLAIN = new Layout("torch.contiguous", List.of());
    /** In bfloat16 convolutions are 2 to 7 times as fast that way, and what they give is laid out like their weights. */
    static final Layout CHANNELS_LAST = new Layout("torch.contiguous", List.of(Recorder.named("memory_format", 2)));

    /** For a linear layer with weights [out,in] or, as convolutions of length 1 have them, [out,in,1]. */
    static Layout packedLinear() {
        return new Layout("ops.mkldnn._reorder_linear_weight", List.of(Recorder.NONE));
    }

    /** For a convolution of maps of a known edge; on others it is right, but may be slow. */
    static Layout packedConvolution(Conv conv, int edge) {
        return new Layout(
                "ops.mkldnn._reorder_convolution_weight",
                List.of(
                        square(conv.padding()),
                        square(conv.stride()),
                        square(1),
                        1,
                        List.of(BATCH, conv.in(), (long) edge, (long) edge)));
    }

    /** Whether only oneDNN's own operators can read it. */
    boolean packed() {
        return function.startsWith("ops.mkldnn");
    }

    private static List<Integer> square(int value) {
        return List.of(value, value);
    }
}
