package org.facemill.torch;

import java.util.stream.LongStream;
import org.facemill.tensor.DType;

/**
 * Layers with parameters, under a prefix of names: {@code new Layers(recorder).at("down").at("0").conv2d("conv1", ...)}
 * declares {@code down.0.conv1.weight} and {@code down.0.conv1.bias}. Initial values are PyTorch's defaults.
 */
public final class Layers {
    private final Recorder recorder;
    private final String prefix;
    private final int edge;

    public Layers(Recorder recorder) {
        this(recorder, "", 0);
    }

    private Layers(Recorder recorder, String prefix, int edge) {
        this.recorder = recorder;
        this.prefix = prefix;
        this.edge = edge;
    }

    /** The same under a longer prefix. */
    public Layers at(Object name) {
        return new Layers(recorder, prefix + name + ".", edge);
    }

    /**
     * The same for square maps of a known edge, 0 where it is not known: {@link Recorder.Mode#PACKED} lays out the weights of
     * convolutions for it. Maps of another size are treated as right, but maybe slowly.
     */
    public Layers on(int edge) {
        return new Layers(recorder, prefix, edge);
    }

    public Recorder recorder() {
        return recorder;
    }

    /** The type that layers compute in. */
    public DType dtype() {
        return recorder.dtype();
    }

    public Value parameter(String name, Init init, long... shape) {
        return recorder.parameter(prefix + name, init, shape);
    }

    /** As {@link #parameter}, but not rounded in training: FLOAT32, whatever the layers compute in. */
    public Value unroundedParameter(String name, Init init, long... shape) {
        Value value = parameter(name, init, shape);
        return recorder.training() ? recorder.trained().get(prefix + name) : value;
    }

    public Value buffer(String name, DType dtype, Init init, long... shape) {
        return recorder.buffer(prefix + name, dtype, init, shape);
    }

    /** [N,in,H,W] to [N,out,H',W']. */
    public Value conv2d(String name, Value x, Conv conv) {
        Init init = conv.init(conv.in() * conv.kernel() * conv.kernel());
        long[] shape = {conv.out(), conv.in(), conv.kernel(), conv.kernel()};
        if (recorder.packed() && edge > 0) {
            Value packed =
                    recorder.parameter(prefix + name + ".weight", Layout.packedConvolution(conv, edge), init, shape);
            return recorder.packedConvolution(x, packed, bias(name, init, conv), conv);
        }
        Value weight = parameter(name + ".weight", init, shape);
        return recorder.op(
                "torch.conv2d",
                x,
                weight,
                bias(name, init, conv),
                square(conv.stride()),
                square(conv.padding()),
                square(1));
    }

    /** Transposed convolution, [N,in,H,W] to [N,out,(H-1)*stride-2*padding+kernel,..]. */
    public Value convTranspose2d(String name, Value x, Conv conv) {
        Init init = conv.init(conv.out() * conv.kernel() * conv.kernel());
        Value weight = parameter(name + ".weight", init, conv.in(), conv.out(), conv.kernel(), conv.kernel());
        return recorder.op(
                "torch.conv_transpose2d",
                x,
                weight,
                bias(name, init, conv),
                square(conv.stride()),
                square(conv.padding()),
                square(0));
    }

    private Object bias(String name, Init init, Conv conv) {
        return conv.bias() ? parameter(name + ".bias", init, conv.out()) : Recorder.NONE;
    }

    /** [..,in] to [..,out]. */
    public Value linear(String name, Value x, long in, long out) {
        return linear(name, x, new long[] {out, in}, "none");
    }

    /** {@link #linear}, then the exact (erf) GELU. */
    public Value linearGelu(String name, Value x, long in, long out) {
        return recorder.packed()
                ? linear(name, x, new long[] {out, in}, "gelu")
                : linear(name, x, in, out).gelu();
    }

    /** {@link #linear} whose weight is stored as that of a convolution of length 1, [out,in,1]. */
    public Value pointwise(String name, Value x, long in, long out) {
        return linear(name, x, new long[] {out, in, 1}, "none");
    }

    private Value linear(String name, Value x, long[] shape, String then) {
        Init init = Init.fanIn(shape[1]);
        if (recorder.packed()) {
            Value packed = recorder.parameter(prefix + name + ".weight", Layout.packedLinear(), init, shape);
            return recorder.packedLinear(x, packed, parameter(name + ".bias", init, shape[0]), then);
        }
        Value weight = parameter(name + ".weight", init, shape);
        Value matrix = shape.length == 2 ? weight : weight.squeeze(-1);
        return x.linear(matrix, parameter(name + ".bias", init, shape[0]));
    }

    /** [..,in] to [..,out] without bias. */
    public Value linearWithoutBias(String name, Value x, long in, long out) {
        return recorder.op("torch.linear", x, parameter(name + ".weight", Init.fanIn(in), out, in));
    }

    /** [N,channels,..], each group of channels of each sample normalised by itself. */
    public Value groupNorm(String name, Value x, int groups, long channels, double epsilon) {
        return recorder.op(
                "torch.group_norm",
                x,
                groups,
                parameter(name + ".weight", Init.ONES, channels),
                parameter(name + ".bias", Init.ZEROS, channels),
                epsilon);
    }

    /** {@link #groupNorm} of images [N,channels,H,W]. */
    public Value groupNorm2d(String name, Value x, int groups, long channels, double epsilon) {
        boolean channelsLast = recorder.packed() || dtype() == DType.BF16;
        Value laidOut = !channelsLast ? x : recorder.training() ? x.contiguous() : laidOutForNormalising(x);
        return groupNorm(name, laidOut, groups, channels, epsilon);
    }

    /**
     * libtorch normalises images of less than 32x32 that are laid out channels last one group of one position at a time, up
     * to eight times as slowly as in the plain layout; larger ones not. The gradient is slower for all of them.
     */
    private Value laidOutForNormalising(Value x) {
        Value small = recorder.op("int", recorder.op("torch.lt", recorder.op("torch.mul", x.size(2), x.size(3)), 1024));
        Value format = recorder.op("torch.sub", 2, recorder.op("torch.mul", small, 2));
        return recorder.op("torch.contiguous", x, Recorder.named("memory_format", format));
    }

    /**
     * [N,channels,..]: by the batch's mean and variance in training, which also updates {@code running_mean} and
     * {@code running_var} with momentum 0.1; by those otherwise.
     */
    public Value batchNorm(String name, Value x, long channels, double epsilon) {
        Value weight = unroundedParameter(name + ".weight", Init.ONES, channels);
        Value bias = unroundedParameter(name + ".bias", Init.ZEROS, channels);
        return batchNorm(name, x, weight, bias, channels, epsilon);
    }

    /** {@link #batchNorm} without scale and shift ({@code affine=False}). */
    public Value batchNormWithoutAffine(String name, Value x, long channels, double epsilon) {
        return batchNorm(name, x, Recorder.NONE, Recorder.NONE, channels, epsilon);
    }

    private Value batchNorm(String name, Value x, Object weight, Object bias, long channels, double epsilon) {
        Value mean = buffer(name + ".running_mean", DType.F32, Init.ZEROS, channels);
        Value variance = buffer(name + ".running_var", DType.F32, Init.ONES, channels);
        Value batches = buffer(name + ".num_batches_tracked", DType.I64, Init.ZEROS);
        if (recorder.training()) {
            recorder.effect("torch.add_", batches, 1);
        }
        return recorder.op(
                "torch.batch_norm", x, weight, bias, mean, variance, recorder.training(), 0.1, epsilon, false);
    }

    /** [N,channels,..] with one slope per channel, at first 0.25. */
    public Value prelu(String name, Value x, long channels) {
        return recorder.op("torch.prelu", x, parameter(name + ".weight", Init.constant(0.25), channels));
    }

    /** Rows of a trained table, by INT64 indices. */
    public Value embedding(String name, Value indices, long rows, long features) {
        return parameter(name + ".weight", Init.normal(1), rows, features).rows(indices);
    }

    /** In training zeroes elements with the given probability and scales the others by 1/(1-p); else the identity. */
    public Value dropout(Value x, double probability) {
        return recorder.dropout(x, probability);
    }

    private static long[] square(int value) {
        return LongStream.of(value, value).toArray();
    }
}
