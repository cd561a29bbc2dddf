package org.facemill.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Gradients of a recorded loss with respect to the trained parameters, part of the same script: nothing accumulates, nothing
 * needs zeroing, and every tensor in between is freed by libtorch as it goes.
 */
public final class Gradients {
    private static final String OUTPUT = "gradient.";

    private final Recorder recorder;
    private final List<String> names;
    private final List<Value> parameters;
    private final List<Value> gradients;

    private Gradients(Recorder recorder, List<String> names, List<Value> parameters, List<Value> gradients) {
        this.recorder = recorder;
        this.names = names;
        this.parameters = parameters;
        this.gradients = gradients;
    }

    /**
     * Of a scalar loss, for all trained parameters declared so far.
     *
     * @throws IllegalStateException if the recorder does not record for training
     */
    public static Gradients of(Recorder recorder, Value loss) {
        return of(recorder, loss, name -> true);
    }

    /** Of a scalar loss, for those of the trained parameters whose names match; the others stay as they are. */
    public static Gradients of(Recorder recorder, Value loss, Predicate<String> name) {
        if (!recorder.training()) {
            throw new IllegalStateException("gradients need a recorder in training mode");
        }
        Map<String, Value> trained = new LinkedHashMap<>(recorder.trained());
        trained.keySet().removeIf(name.negate());
        List<Value> leaves = List.copyOf(trained.values());
        Value list = recorder.op("torch.grad", List.of(loss), leaves);
        List<Value> gradients = new ArrayList<>();
        for (Value element : recorder.elements(list, leaves.size())) {
            // the fused optimizers read gradients in the parameters' memory order
            gradients.add(recorder.cast("Tensor", element).contiguous());
        }
        return new Gradients(
                recorder,
                List.copyOf(trained.keySet()),
                leaves.stream().map(Value::detach).toList(),
                List.copyOf(gradients));
    }

    /** Makes them outputs of the graph, after those that are there: for {@link #received}. */
    public void output() {
        for (int i = 0; i < names.size(); i++) {
            recorder.output(OUTPUT + names.get(i), gradients.get(i));
        }
    }

    /** The outputs of a run that are gradients, in the order in which {@link #received} takes them. */
    public static List<DeviceTensor> among(Graph graph, List<DeviceTensor> outputs) {
        return IntStream.range(0, outputs.size())
                .filter(i -> graph.outputs().get(i).startsWith(OUTPUT))
                .mapToObj(outputs::get)
                .toList();
    }

    /**
     * The weighted sum of the gradients that runs of another graph gave for parts of a batch. Its inputs: for each part all
     * gradients, which are changed; then for each part its weight, a FLOAT32 scalar.
     *
     * @param recorder of a graph for inference: nothing is differentiated any more
     * @param graph    which {@link #output} its gradients
     */
    public static Gradients received(Recorder recorder, Graph graph, int parts) {
        List<Declaration> declarations = graph.declarations().stream()
                .filter(d -> graph.outputs().contains(OUTPUT + d.name()))
                .toList();
        List<List<Value>> gradients = IntStream.range(0, parts)
                .mapToObj(part -> IntStream.range(0, declarations.size())
                        .mapToObj(i -> recorder.input("gradient" + part + "_" + i))
                        .toList())
                .toList();
        for (int part = 0; part < parts; part++) {
            recorder.effect(
                    "torch._foreach_mul_", gradients.get(part), recorder.number(recorder.input("weight" + part)));
            if (part > 0) {
                recorder.effect("torch._foreach_add_", gradients.get(0), gradients.get(part));
            }
        }
        return new Gradients(
                recorder,
                declarations.stream().map(Declaration::name).toList(),
                declarations.stream()
                        .map(d -> recorder.parameter(d.name(), d.init(), d.shape()))
                        .toList(),
                gradients.get(0));
    }

    /** Those of the parameters whose names match. */
    public Gradients only(Predicate<String> name) {
        List<String> keptNames = new ArrayList<>();
        List<Value> keptParameters = new ArrayList<>();
        List<Value> keptGradients = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (name.test(names.get(i))) {
                keptNames.add(names.get(i));
                keptParameters.add(parameters.get(i));
                keptGradients.add(gradients.get(i));
            }
        }
        return new Gradients(recorder, keptNames, keptParameters, keptGradients);
    }

    /** Euclidean norm over all of them: a scalar. */
    public Value norm() {
        Value norms = recorder.op("torch.stack", recorder.op("torch._foreach_norm", gradients, 2));
        return recorder.op("torch.linalg_vector_norm", norms, 2);
    }

    /** Scales all by min(1, maximum/(norm+1e-6)) in place, as clip_grad_norm_ does; gives the norm before. */
    public Value clip(double maximum) {
        Value norm = norm();
        Value factor =
                recorder.op("torch.reciprocal", norm.add(1e-6)).mul(maximum).clamp(0, 1);
        recorder.effect("torch._foreach_mul_", gradients, factor);
        return norm;
    }

    Recorder recorder() {
        return recorder;
    }

    List<String> names() {
        return names;
    }

    List<Value> parameters() {
        return parameters;
    }

    List<Value> values() {
        return gradients;
    }

    /** A buffer of the parameter's shape for each, under {@code prefix + name}, at first zeros. */
    List<Value> state(String prefix) {
        return names.stream()
                .map(name -> recorder.buffer(
                        prefix + name,
                        recorder.declaration(name).dtype(),
                        Init.ZEROS,
                        recorder.declaration(name).shape()))
                .toList();
    }
}
