package org.facemill.diffusion.training;

import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * What the denoiser learns, as a graph: the mean squared error of the predicted noise (Ho et al., 2020; forward in
 * diffusion/ddpm.py) and its gradients.
 */
public final class DenoiserLoss {
    private DenoiserLoss() {}

    /**
     * Records the step. Inputs by name: {@code x0} and {@code eps} [N,C,h,w]; {@code signal} and {@code noise} [N,1,1,1], the
     * weights of both in x_t; {@code t} [N] (I64); for a conditional network {@code context} and {@code empty} [N], 1 where the
     * empty context is to be used; with context dropout {@code seed} (I64). Output {@code loss},
     * the error without weights, then the gradients.
     */
    public static Graph record(UNetConfig config, DenoiserRecipe recipe) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING, recipe.precision());
        gradients(recorder, config, recipe.contexts().scale(), recipe.maxLossWeight())
                .output();
        return recorder.finish("denoiser training");
    }

    /** The part up to the gradients, with the output {@code loss}. */
    static Gradients gradients(Recorder recorder, UNetConfig config, double contextScale, double maxLossWeight) {
        Value eps = recorder.input("eps");
        Value signal = recorder.input("signal");
        Value noise = recorder.input("noise");
        Value xt = recorder.input("x0").mul(signal).add(eps.mul(noise));
        ConditionalUNet network = new ConditionalUNet(new Layers(recorder), config);
        Value t = recorder.input("t");
        Value predicted = config.isContextConditional()
                ? network.eps(
                        xt.channelsLast(), t, scaled(recorder.input("context"), contextScale), recorder.input("empty"))
                : network.eps(xt.channelsLast(), t);
        Value error = predicted.to(DType.F32).sub(eps);
        Value squares = error.square();
        recorder.output("loss", squares.detach().mean());
        Value weighted = maxLossWeight == 1 ? squares : squares.mul(weights(signal, noise, maxLossWeight));
        return Gradients.of(recorder, weighted.mean());
    }

    /** Class labels are no vectors: their factor is 1. */
    private static Value scaled(Value context, double factor) {
        return factor == 1 ? context : context.mul(factor);
    }

    /**
     * Truncated SNR weights (Salimans and Ho, 2022): where noise hides the sample, errors count as errors of the sample, which
     * are those of the noise divided by the SNR. That is where contexts tell what the sample does not.
     */
    private static Value weights(Value signal, Value noise, double most) {
        return noise.square().div(signal.square()).clamp(1, most);
    }
}
