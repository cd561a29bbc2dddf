package org.facemill.diffusion.training;

import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * One training step of the denoiser as a graph: the mean squared error of the predicted noise (Ho et al., 2020; forward in
 * diffusion/ddpm.py), Adam, and the average of the parameters under {@code ema.}.
 */
public final class DenoiserTraining {
    private static final int SQUARE = 8;
    private static final int HIDDEN = 8;

    private DenoiserTraining() {
    }

    /**
     * Records the step. Inputs by name: {@code x0} and {@code eps} [N,C,h,w]; {@code signal} and {@code noise} [N,1,1,1], the
     * weights of both in x_t; {@code t} [N] (I64); for a conditional network {@code context} and {@code empty} [N], 1 where the
     * empty context is to be used; with context dropout {@code seed} (I64); {@code lr} and {@code decay}. Output {@code loss},
     * the error at the finest scale alone. Parameters, their average and Adam's state are F32 whatever the precision.
     */
    public static Graph record(UNetConfig config, DenoiserRecipe recipe) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING, recipe.precision());
        Gradients gradients = gradients(recorder, config, recipe.contextScale(), recipe.coarse());
        recipe.maxGradNorm().ifPresent(gradients::clip);
        Optimizers.adam(gradients, recorder.input("lr"));
        Optimizers.average(gradients, recorder.input("decay"));
        return recorder.finish("denoiser training");
    }

    /** The part up to the gradients, with the output {@code loss}. */
    static Gradients gradients(Recorder recorder, UNetConfig config, double contextScale, double coarse) {
        Value eps = recorder.input("eps");
        Value signal = recorder.input("signal");
        Value xt = recorder.input("x0").mul(signal).add(eps.mul(recorder.input("noise")));
        ConditionalUNet network = new ConditionalUNet(new Layers(recorder), config);
        Value t = recorder.input("t");
        Value predicted = config.isContextConditional()
                ? network.eps(xt.channelsLast(), t, scaled(recorder.input("context"), contextScale), recorder.input("empty"))
                : network.eps(xt.channelsLast(), t);
        Value error = predicted.to(DType.F32).sub(eps);
        Value loss = error.square().mean();
        recorder.output("loss", loss.detach());
        return Gradients.of(recorder, coarse == 0 ? loss : loss.add(coarse(error, signal).mul(coarse)));
    }

    /** Class labels are no vectors: their factor is 1. */
    private static Value scaled(Value context, double factor) {
        return factor == 1 ? context : context.mul(factor);
    }

    /**
     * A multi-scale loss (Hoogeboom et al., "simple diffusion", 2023), by which small training budgets get brightness and layout
     * right: errors of averages over the whole sample, and half of those over squares of 8x8, each scaled to what independent
     * errors would give. It counts where noise hides most of the sample: with less noise the averages of the sample are plain
     * to see and those of the noise can be known by nobody.
     */
    private static Value coarse(Value error, Value signal) {
        Value hidden = signal.neg().add(1).pow(HIDDEN).flatten(1);
        Value squares = error.avgPool2d(SQUARE, SQUARE).square().flatten(1).mean(new int[] {1}, true).mul(SQUARE * SQUARE);
        // positions * mean^2 = sum * mean
        Value whole = error.flatten(2).sum(2, false).mul(error.mean(new int[] {2, 3}, false)).mean(new int[] {1}, true);
        return squares.mul(0.5).add(whole).mul(hidden).mean();
    }
}
