package org.facemill.torch;

import java.util.List;
import org.facemill.tensor.DType;

/**
 * Update rules as the last part of a training script, by libtorch's fused kernels. Their state is kept with the parameters
 * under {@code optimizer.} and is saved and restored with them. Learning rates are values, mostly inputs of the script
 * (FLOAT32 scalars), so that schedules live outside.
 */
public final class Optimizers {
    private static final String PREFIX = "optimizer.";

    private Optimizers() {}

    /**
     * Adam (Kingma and Ba, 2015) as torch.optim.Adam.
     *
     * @param weightDecay L2 penalty that is added to the gradient
     */
    public static void adam(
            Gradients gradients, Value learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        Recorder recorder = gradients.recorder();
        List<Value> means = gradients.state(PREFIX + "exp_avg.");
        List<Value> squares = gradients.state(PREFIX + "exp_avg_sq.");
        List<Value> steps = gradients.names().stream()
                .map(name -> recorder.buffer(PREFIX + "step." + name, DType.F32, Init.ZEROS))
                .toList();
        recorder.effect("torch._foreach_add_", steps, 1);
        recorder.effect(
                "torch._fused_adam_",
                gradients.parameters(),
                gradients.values(),
                means,
                squares,
                List.of(),
                steps,
                Recorder.named("lr", recorder.number(learningRate)),
                Recorder.named("beta1", beta1),
                Recorder.named("beta2", beta2),
                Recorder.named("weight_decay", weightDecay),
                Recorder.named("eps", epsilon),
                Recorder.named("amsgrad", false),
                Recorder.named("maximize", false));
    }

    /** Adam with PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no decay. */
    public static void adam(Gradients gradients, Value learningRate) {
        adam(gradients, learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /** Stochastic gradient descent with momentum as torch.optim.SGD, without dampening or Nesterov. */
    public static void sgd(Gradients gradients, Value learningRate, double momentum, double weightDecay) {
        Recorder recorder = gradients.recorder();
        // zero buffers make the first step momentum * 0 + gradient, which is what PyTorch starts with
        List<Value> buffers = momentum == 0 ? List.of() : gradients.state(PREFIX + "momentum.");
        recorder.effect(
                "torch._fused_sgd_",
                gradients.parameters(),
                gradients.values(),
                buffers,
                Recorder.named("weight_decay", weightDecay),
                Recorder.named("momentum", momentum),
                Recorder.named("lr", recorder.number(learningRate)),
                Recorder.named("dampening", 0.0),
                Recorder.named("nesterov", false),
                Recorder.named("maximize", false),
                Recorder.named("is_first_step", false));
    }

    /**
     * Exponential moving average of the parameters after the update, kept under {@code ema.} + name:
     * ema = ema * decay + parameter * (1 - decay). Record it after the update. It starts at zeros: the first step's decay must
     * be 0, as warm-ups of the decay have it.
     */
    public static void average(Gradients gradients, Value decay) {
        Recorder recorder = gradients.recorder();
        List<Value> averages = gradients.state("ema.");
        recorder.effect(
                "torch._foreach_lerp_",
                averages,
                gradients.parameters(),
                recorder.number(decay.neg().add(1)));
    }
}
