package org.facemill.diffusion.unet;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Two convolutions around the conditioning by time and context (ResidualBlock in models/diffusion/unet.py). */
final class ResidualBlock {
    static final int GROUPS = 32;
    static final double EPSILON = 1e-5;

    private ResidualBlock() {}

    /** [N,in,H,W] to [N,out,H,W]. */
    static Value of(Layers layers, UNetConfig config, Value x, Condition condition, int in, int out) {
        Value h = layers.groupNorm2d("norm1", x, GROUPS, in, EPSILON).silu();
        h = layers.conv2d("conv1", h, Conv.of(in, out, 3).padding(1));
        h = switch (config.conditionType()) {
            case ADD_PLUS_GN -> addThenNormalise(layers, config, h, condition, out);
            case ADA_GN, DIFF_AE, CA -> adaptivelyNormalise(layers, config, h, condition, out);
        };
        h = layers.conv2d("conv2", h.silu(), Conv.of(out, out, 3).padding(1).startingAtZero());
        return h.add(in == out ? x : layers.conv2d("shortcut", x, Conv.of(in, out, 1)));
    }

    private static Value addThenNormalise(
            Layers layers, UNetConfig config, Value h, Condition condition, int channels) {
        h = h.add(image(time(layers, config, condition, channels)));
        if (config.isContextConditional()) {
            h = h.add(image(context(layers, config, condition, channels)));
        }
        return layers.groupNorm2d("norm2", h, GROUPS, channels, EPSILON);
    }

    private static Value adaptivelyNormalise(
            Layers layers, UNetConfig config, Value h, Condition condition, int channels) {
        boolean conditional = config.isContextConditional();
        Value embedding = time(layers, config, condition, channels);
        if (conditional && config.conditionType() == ConditionType.ADA_GN) {
            embedding = embedding.add(context(layers, config, condition, channels));
        }
        Value scale = image(layers.linear("scale_emb", embedding, channels, channels));
        Value shift = image(layers.linear("shift_emb", embedding, channels, channels));
        h = layers.at("norm2")
                .groupNorm2d("norm", h, GROUPS, channels, EPSILON)
                .mul(scale.add(1))
                .add(shift);
        if (conditional && config.conditionType() == ConditionType.DIFF_AE) {
            h = h.mul(image(context(layers, config, condition, channels)));
        }
        return h;
    }

    private static Value time(Layers layers, UNetConfig config, Condition condition, int channels) {
        return layers.linear("time_emb.1", condition.time().silu(), config.timeChannels(), channels);
    }

    private static Value context(Layers layers, UNetConfig config, Condition condition, int channels) {
        return layers.linear(
                "context_emb.1",
                condition.requireContext().silu(),
                config.context().channels(),
                channels);
    }

    private static Value image(Value perChannel) {
        return perChannel.unsqueeze(-1).unsqueeze(-1);
    }
}
