package org.facemill.torch;

/**
 * A convolution's hyperparameters, in PyTorch's meaning: {@code Conv.of(64, 128, 3).stride(2).padding(1).withoutBias()}.
 *
 * @param kernel edge of the square (or length of the one-dimensional) window
 * @param zero   whether weight and bias start at zero, as the last layer of a residual branch often does
 */
public record Conv(long in, long out, int kernel, int stride, int padding, boolean bias, boolean zero) {

    /** Stride 1, no padding, with bias. */
    public static Conv of(long in, long out, int kernel) {
        return new Conv(in, out, kernel, 1, 0, true, false);
    }

    public Conv stride(int value) {
        return new Conv(in, out, kernel, value, padding, bias, zero);
    }

    public Conv padding(int value) {
        return new Conv(in, out, kernel, stride, value, bias, zero);
    }

    public Conv withoutBias() {
        return new Conv(in, out, kernel, stride, padding, false, zero);
    }

    Init init(long fanIn) {
        return zero ? Init.ZEROS : Init.fanIn(fanIn);
    }

    public Conv startingAtZero() {
        return new Conv(in, out, kernel, stride, padding, bias, true);
    }
}
