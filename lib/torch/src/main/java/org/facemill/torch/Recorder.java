package org.facemill.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.facemill.tensor.DType;

/**
 * Writes down a computation while Java code runs through it once: every operation becomes one line of TorchScript, which
 * libtorch then runs without Java. Control flow of the Java code is gone in the script; sizes may stay open.
 *
 * <p>Parameters are declared by name where they are used; their order of declaration is the order in files.
 */
public final class Recorder {
    /** Python's None as an argument. */
    public static final Object NONE = new Literal("None");
    /** oneDNN's operators take optional numbers for what follows the product. */
    private static final Object NO_NUMBERS = new Literal("annotate(List[Optional[number]], [])");

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Mode mode;
    private final DType dtype;
    private final StringBuilder body = new StringBuilder();
    private final Map<String, Declaration> declarations = new LinkedHashMap<>();
    private final Map<String, Value> parameters = new LinkedHashMap<>();
    private final Map<String, Value> leaves = new LinkedHashMap<>();
    private final Map<String, Value> inputs = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final List<String> anchors = new ArrayList<>();
    private Optional<Value> generator = Optional.empty();
    private int values;

    /** What the computation is for. */
    public enum Mode {
        /** Dropout is the identity, batch normalisation uses its running statistics, no gradients. Runs on any device. */
        INFERENCE,
        /**
         * Inference by oneDNN's own operators, on x86 processors only, with weights in the order in which they are read:
         * those of linear layers, and of convolutions that say what maps they are meant for ({@link Layers#on}).
         */
        PACKED,
        /** Dropout drops, batch normalisation uses the batch and updates its statistics, gradients can be taken. */
        TRAINING;

        /** The faster way of inference on {@link Torch#device()}; in float32 packing gains too little. */
        public static Mode inference(DType dtype) {
            return dtype == DType.BF16 && Torch.packs() ? PACKED : INFERENCE;
        }
    }

    private record Literal(String text) {}

    private record Named(String name, Object value) {}

    /** Records in FLOAT32. */
    public Recorder(Mode mode) {
        this(mode, DType.F32);
    }

    /**
     * @param dtype the type in which layers compute; inputs and results are the computation's own affair. Parameters have it
     *              too, except in training: there they stay FLOAT32 (master weights) and every use takes a rounded copy
     */
    public Recorder(Mode mode, DType dtype) {
        this.mode = mode;
        this.dtype = dtype;
    }

    public DType dtype() {
        return dtype;
    }

    public boolean training() {
        return mode == Mode.TRAINING;
    }

    boolean packed() {
        return mode == Mode.PACKED;
    }

    /** An argument of the computation, in the order of the calls. */
    public Value input(String name) {
        if (!IDENTIFIER.matcher(name).matches() || name.matches("[vP]\\d*|self")) {
            throw new IllegalArgumentException("'" + name + "' cannot name an input");
        }
        return inputs.computeIfAbsent(name, key -> new Value(this, key));
    }

    /**
     * A trained parameter. The same name may be used again with the same shape.
     *
     * @throws IllegalArgumentException if the name was declared with another shape
     */
    public Value parameter(String name, Init init, long... shape) {
        boolean channelsLast = dtype == DType.BF16 && !training() && shape.length == 4;
        return parameter(name, channelsLast ? Layout.CHANNELS_LAST : Layout.PLAIN, init, shape);
    }

    Value parameter(String name, Layout layout, Init init, long... shape) {
        return declare(new Declaration(name, shape, training() ? DType.F32 : dtype, layout, init, true));
    }

    /** A tensor that is kept with the parameters but takes no gradient. */
    public Value buffer(String name, DType dtype, Init init, long... shape) {
        return declare(new Declaration(name, shape, dtype, Layout.PLAIN, init, false));
    }

    private Value declare(Declaration declaration) {
        Declaration earlier = declarations.putIfAbsent(declaration.name(), declaration);
        if (earlier != null) {
            earlier.requireSame(declaration);
            return parameters.get(declaration.name());
        }
        Value value = new Value(this, "P[" + (declarations.size() - 1) + "]");
        if (training() && declaration.trained()) {
            // a fresh leaf per run: gradients are taken with respect to it and nothing accumulates anywhere
            Value leaf = op("torch.requires_grad_", value.detach());
            leaves.put(declaration.name(), leaf);
            value = dtype == DType.F32 ? leaf : leaf.to(dtype);
        }
        parameters.put(declaration.name(), value);
        return value;
    }

    /** The trained parameters declared so far, by name: what gradients are taken with respect to. */
    Map<String, Value> trained() {
        return leaves;
    }

    Declaration declaration(String name) {
        return declarations.get(name);
    }

    /**
     * Any function of TorchScript, for instance {@code op("torch.erf", x)}. Arguments are values, numbers, booleans, strings,
     * arrays of integers, lists of these, {@link DType}s, {@link #NONE} and {@link #named}.
     */
    public Value op(String function, Object... arguments) {
        Value result = new Value(this, "v" + values++);
        line(result.text() + " = " + call(function, arguments));
        return result;
    }

    /**
     * A function that is called for what it does to its arguments in place. Lists get a variable of their own, one element
     * of which is returned: libtorch takes changes to the elements of a list that is not used again for dead code.
     */
    public void effect(String function, Object... arguments) {
        op(function, Arrays.stream(arguments).map(this::listVariable).toArray());
    }

    private Object listVariable(Object argument) {
        if (!(argument instanceof List<?> list) || list.isEmpty()) {
            return argument;
        }
        Value variable = new Value(this, "v" + values++);
        line(variable.text() + " = " + literal(list));
        anchors.add(variable.text() + "[0]");
        return variable;
    }

    /** A keyword argument of {@link #op}. */
    public static Object named(String name, Object value) {
        return new Named(name, value);
    }

    public void output(String name, Value value) {
        if (outputs.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("output '" + name + "' is named twice");
        }
    }

    /**
     * In training zeroes elements with the given probability and scales the others by 1/(1-p); otherwise the identity. The
     * draws are a function of the input {@code seed} (INT64 scalar), which the first dropout adds to the inputs.
     */
    public Value dropout(Value x, double probability) {
        if (!training() || probability == 0) {
            return x;
        }
        Value keep = op(
                "torch.bernoulli", op("torch.full_like", x.detach(), 1 - probability), named("generator", generator()));
        return x.mul(keep).div(1 - probability);
    }

    /** The computation's own random numbers, seeded by the input {@code seed} (INT64 scalar). */
    public Value generator() {
        if (generator.isEmpty()) {
            Value seed = input("seed");
            generator =
                    Optional.of(op("torch.Generator", named("device", device(seed)), named("seed", op("int", seed))));
        }
        return generator.get();
    }

    // functions of several values

    public Value cat(int dim, Value... parts) {
        return op("torch.cat", List.of(parts), dim);
    }

    /** Whole numbers 0 .. count-1 as FLOAT32 on the device of {@code like}. */
    public Value range(long count, Value like) {
        return op("torch.arange", count, named("dtype", DType.F32), named("device", device(like)));
    }

    /** Softmax(q k^T / sqrt(d)) v over the last two dimensions [.., tokens, d]. */
    public Value attention(Value query, Value key, Value value) {
        if (training() && dtype == DType.BF16 && Torch.device().equals("cpu")) {
            // libtorch's gradient of attention in bfloat16 takes the processor several times as long as the one in
            // float32
            return attended(query.to(DType.F32), key.to(DType.F32), value.to(DType.F32))
                    .to(dtype);
        }
        return attended(query, key, value);
    }

    private Value attended(Value query, Value key, Value value) {
        return op("torch.scaled_dot_product_attention", query, key, value);
    }

    Value laidOut(Value value, Layout layout) {
        return op(
                layout.function(),
                Stream.concat(Stream.of(value), layout.arguments().stream()).toArray());
    }

    /** {@link Value#linear}, of a weight laid out by {@link Layout#packedLinear}; {@code then} is "none" or "gelu". */
    Value packedLinear(Value x, Value weight, Object bias, String then) {
        return op("ops.mkldnn._linear_pointwise", x, weight, bias, then, NO_NUMBERS, "none");
    }

    /** A convolution by a weight laid out by {@link Layout#packedConvolution}; gives maps laid out channels last. */
    Value packedConvolution(Value x, Value weight, Object bias, Conv conv) {
        return op(
                "ops.mkldnn._convolution_pointwise",
                x,
                weight,
                bias,
                square(conv.padding()),
                square(conv.stride()),
                square(1),
                1,
                "none",
                NO_NUMBERS,
                "none");
    }

    private static int[] square(int value) {
        return new int[] {value, value};
    }

    /** Mean squared error. */
    public Value mse(Value prediction, Value target) {
        return op("torch.mse_loss", prediction, target);
    }

    /** The nearest of the rows {@code others} [K,D] to each of {@code rows} [N,D], the first one of equals: INT64 [N], without gradient. */
    public Value nearest(Value rows, Value others) {
        return nearestOf(rows.detach(), others.detach());
    }

    private Value nearestOf(Value rows, Value others) {
        // squared distances but for the row's own norm, which does not change what is nearest: one pass over [N,K]
        return op("torch.addmm", others.square().sum(1, false), rows, others.transpose(0, 1), named("alpha", -2))
                .argmin(1);
    }

    /** Ends the recording. */
    public Graph finish(String name) {
        StringBuilder script = new StringBuilder("class Network(Module):\n  __parameters__ = []\n  __buffers__ = []\n"
                + "  training : bool\n  def forward(self: __torch__.Network");
        if (!declarations.isEmpty()) {
            script.append(", P: List[Tensor]");
        }
        inputs.keySet().forEach(input -> script.append(", ").append(input).append(": Tensor"));
        script.append(") -> List[Tensor]:\n")
                .append(body)
                .append("    return [")
                .append(Stream.concat(outputs.values().stream().map(Value::text), anchors.stream())
                        .collect(Collectors.joining(", ")))
                .append("]\n");
        return new Graph(
                name,
                script.toString(),
                List.copyOf(declarations.values()),
                List.copyOf(inputs.keySet()),
                List.copyOf(outputs.keySet()),
                dtype,
                training());
    }

    private static Object device(Value value) {
        return new Literal("ops.prim.device(" + value.text() + ")");
    }

    private void line(String text) {
        body.append("    ").append(text).append('\n');
    }

    private static String call(String function, Object... arguments) {
        return IntStream.range(0, arguments.length)
                .mapToObj(i -> literal(arguments[i]))
                .collect(Collectors.joining(", ", function + "(", ")"));
    }

    private static String literal(Object argument) {
        if (argument instanceof Value value) {
            return value.text();
        } else if (argument instanceof Literal literal) {
            return literal.text();
        } else if (argument instanceof Named named) {
            return named.name() + "=" + literal(named.value());
        } else if (argument instanceof Boolean flag) {
            return flag ? "True" : "False";
        } else if (argument instanceof Integer || argument instanceof Long) {
            return argument.toString();
        } else if (argument instanceof Number number) {
            return decimal(number.doubleValue());
        } else if (argument instanceof DType dtype) {
            return Integer.toString(TorchTypes.code(dtype));
        } else if (argument instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        } else if (argument instanceof int[] numbers) {
            return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
        } else if (argument instanceof long[] numbers) {
            return LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
        } else if (argument instanceof List<?> list) {
            return list.stream().map(Recorder::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        throw new IllegalArgumentException("TorchScript has no literal for " + argument.getClass());
    }

    private static String decimal(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }

    /** A scalar tensor's value as a number of the script. */
    Value number(Value scalar) {
        return op("float", scalar);
    }

    List<Value> elements(Value list, int count) {
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Value element = new Value(this, "v" + values++);
            line(element.text() + " = " + list.text() + "[" + i + "]");
            elements.add(element);
        }
        return elements;
    }

    Value cast(String type, Value value) {
        Value result = new Value(this, "v" + values++);
        line(result.text() + " = unchecked_cast(" + type + ", " + value.text() + ")");
        return result;
    }
}
