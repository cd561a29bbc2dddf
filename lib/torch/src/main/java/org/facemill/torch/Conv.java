package org.facemill.torch;

/**
 * A convolution's hyperparameters, in PyTorch's meaning: {@code Conv.of(64, 128, 3).stride(2).padding(1).withoutBias()}.
 *
 * @param kernel edge of the square (or length of the one-dimensional) window
 */
public record Conv(long in, long out, int kernel, int stride, int padding, int groups, boolean bias) {

    /** Stride 1, no padding, one group, with bias. */
    public static Conv of(long in, long out, int kernel) {
        return new Conv(in, out, kernel, 1, 0, 1, true);
    }

    public Conv stride(int value) {
        return new Conv(in, out, kernel, value, padding, groups, bias);
    }

    public Conv padding(int value) {
        return new Conv(in, out, kernel, stride, value, groups, bias);
    }

    public Conv groups(int value) {
        return new Conv(in, out, kernel, stride, padding, value, bias);
    }

    public Conv withoutBias() {
        return new Conv(in, out, kernel, stride, padding, groups, false);
    }
}
