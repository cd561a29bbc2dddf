package org.facemill.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Gradients of a recorded loss with respect to the trained parameters, part of the same script: nothing accumulates, nothing
 * needs zeroing, and every tensor in between is freed by libtorch as it goes.
 */
public final class Gradients {
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
        return new Gradients(recorder, List.copyOf(trained.keySet()),
                leaves.stream().map(Value::detach).toList(), List.copyOf(gradients));
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
        Value factor = recorder.op("torch.reciprocal", norm.add(1e-6)).mul(maximum).clamp(0, 1);
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
        return names.stream().map(name -> recorder.buffer(prefix + name, recorder.declaration(name).dtype(), Init.ZEROS,
                recorder.declaration(name).shape())).toList();
    }
}
