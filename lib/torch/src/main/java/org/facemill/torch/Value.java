package org.facemill.torch;

import java.util.Arrays;
import java.util.List;
import org.facemill.tensor.DType;

/**
 * The result of one recorded operation: a name in the script, no data. Operations on it record further ones; they carry
 * PyTorch's names and meaning. Where a parameter is an {@code Object} it takes a number or a {@code Value}.
 */
public final class Value {
    private final Recorder recorder;
    private final String text;

    Value(Recorder recorder, String text) {
        this.recorder = recorder;
        this.text = text;
    }

    /** What records the operations on this value. */
    public Recorder recorder() {
        return recorder;
    }

    /** How the script refers to this value. */
    String text() {
        return text;
    }

    private Value op(String function, Object... arguments) {
        return recorder.op("torch." + function, arguments);
    }

    // arithmetic, element by element with broadcasting

    public Value add(Object other) {
        return op("add", this, other);
    }

    public Value sub(Object other) {
        return op("sub", this, other);
    }

    public Value mul(Object other) {
        return op("mul", this, other);
    }

    public Value div(Object other) {
        return op("div", this, other);
    }

    public Value neg() {
        return op("neg", this);
    }

    public Value abs() {
        return op("abs", this);
    }

    public Value square() {
        return op("square", this);
    }

    public Value sqrt() {
        return op("sqrt", this);
    }

    public Value exp() {
        return op("exp", this);
    }

    public Value sin() {
        return op("sin", this);
    }

    public Value cos() {
        return op("cos", this);
    }

    public Value acos() {
        return op("acos", this);
    }

    public Value clamp(double minimum, double maximum) {
        return op("clamp", this, minimum, maximum);
    }

    // activations

    public Value relu() {
        return op("relu", this);
    }

    public Value silu() {
        return op("silu", this);
    }

    /** Exact (erf) GELU. */
    public Value gelu() {
        return op("gelu", this);
    }

    public Value sigmoid() {
        return op("sigmoid", this);
    }

    public Value softmax(int dim) {
        return op("softmax", this, dim);
    }

    // shape

    /** Length of a dimension: an integer of the script, usable in {@link #reshape}. */
    public Value size(int dim) {
        return op("size", this, dim);
    }

    /** Sizes are integers, -1 once, or values from {@link #size}. */
    public Value reshape(Object... sizes) {
        return op("reshape", this, Arrays.asList(sizes));
    }

    /** Merges the dimensions from {@code first} to the last. */
    public Value flatten(int first) {
        return op("flatten", this, first);
    }

    public Value permute(int... dims) {
        return op("permute", this, dims);
    }

    public Value transpose(int first, int second) {
        return op("transpose", this, first, second);
    }

    public Value unsqueeze(int dim) {
        return op("unsqueeze", this, dim);
    }

    public Value squeeze(int dim) {
        return op("squeeze", this, dim);
    }

    public Value expand(Object... sizes) {
        return op("expand", this, Arrays.asList(sizes));
    }

    /** One element of a dimension, which disappears. */
    public Value select(int dim, long index) {
        return op("select", this, dim, index);
    }

    /** Zeros around the last dimensions: (left, right) or (left, right, top, bottom). */
    public Value pad(int... amounts) {
        return op("constant_pad_nd", this, amounts, 0.0);
    }

    /** Contiguous in memory, row-major. */
    public Value contiguous() {
        return op("contiguous", this);
    }

    /** Same numbers, laid out with channels innermost. */
    public Value channelsLast() {
        return op("contiguous", this, Recorder.named("memory_format", 2));
    }

    public Value to(DType dtype) {
        return op("to", this, dtype);
    }

    // reductions

    public Value sum() {
        return op("sum", this);
    }

    public Value sum(int dim, boolean keep) {
        return op("sum", this, new int[] {dim}, keep);
    }

    public Value mean() {
        return op("mean", this);
    }

    public Value mean(int[] dims, boolean keep) {
        return op("mean", this, dims, keep);
    }

    /** Euclidean norm along a dimension. */
    public Value norm(int dim, boolean keep) {
        return op("linalg_vector_norm", this, 2, new int[] {dim}, keep);
    }

    /** Divided by the Euclidean norm along a dimension, or by 1e-12 where that is larger (F.normalize). */
    public Value normalize(int dim) {
        Value norm = norm(dim, true);
        return div(op("clamp_min", norm, 1e-12));
    }

    /** Index of the first maximum along a dimension, INT64. */
    public Value argmax(int dim) {
        return op("argmax", this, dim);
    }

    /** Index of the first minimum along a dimension, INT64. */
    public Value argmin(int dim) {
        return op("argmin", this, dim);
    }

    // products

    public Value matmul(Value other) {
        return op("matmul", this, other);
    }

    /** x W^T + b. */
    public Value linear(Value weight, Value bias) {
        return op("linear", this, weight, bias);
    }

    // comparison and choice; results are BOOL

    public Value gt(Object other) {
        return op("gt", this, other);
    }

    public Value eq(Object other) {
        return op("eq", this, other);
    }

    /** Where this BOOL value holds {@code yes}, elsewhere {@code no}. */
    public Value where(Value yes, Value no) {
        return op("where", this, yes, no);
    }

    /** Picks along a dimension by INT64 indices of the result's shape. */
    public Value gather(int dim, Value index) {
        return op("gather", this, dim, index);
    }

    /** Rows of a matrix by INT64 indices: shape(index) x columns. */
    public Value rows(Value index) {
        return op("embedding", this, index);
    }

    // gradients

    /** The same numbers, through which no gradient flows. */
    public Value detach() {
        return op("detach", this);
    }

    // images, [N,C,H,W]

    public Value maxPool2d(int kernel, int stride, int padding, boolean ceil) {
        return op("max_pool2d", this, square(kernel), square(stride), square(padding), square(1), ceil);
    }

    public Value avgPool2d(int kernel, int stride) {
        return op("avg_pool2d", this, square(kernel), square(stride));
    }

    public Value adaptiveAvgPool2d(int height, int width) {
        return op("adaptive_avg_pool2d", this, new int[] {height, width});
    }

    /** F.interpolate(mode="nearest") by a whole factor. */
    public Value upsampleNearest(int factor) {
        return op("upsample_nearest2d", this, Recorder.NONE, List.of((double) factor, (double) factor));
    }

    private static int[] square(int value) {
        return new int[] {value, value};
    }
}
