package org.facemill.diffusion.unet;

import java.util.List;

/**
 * The constructor arguments of the original ConditionalUNet, by their names there.
 *
 * @param inputChannels             channels of latents or images
 * @param initialChannels           channels at full resolution, a multiple of 32
 * @param channelMultipliers        cumulative: each level has the previous one's channels times this
 * @param isAttention               per level: an attention block after each residual block
 * @param attentionHeads            0 or less: as many heads as {@code attentionHeadChannels} fit into the block's channels
 * @param blocksPerResolution       residual blocks per level on the way down; one more on the way up
 * @param contextInputChannels      length of a context vector
 * @param contextChannels           length of the projected context
 * @param isContextConditional      false: there is no context at all
 * @param contextClasses            more than 0: a context is a class label below this
 * @param learnEmptyContext         the empty context is a parameter, else zeros
 * @param contextDropoutProbability dropout of the projected context's components in training (CPD)
 */
public record UNetConfig(
        int inputChannels,
        int initialChannels,
        List<Integer> channelMultipliers,
        List<Boolean> isAttention,
        int attentionHeads,
        int attentionHeadChannels,
        int blocksPerResolution,
        ConditionType conditionType,
        int contextInputChannels,
        int contextChannels,
        boolean isContextConditional,
        int contextClasses,
        boolean learnEmptyContext,
        double contextDropoutProbability) {

    public UNetConfig {
        channelMultipliers = List.copyOf(channelMultipliers);
        isAttention = List.copyOf(isAttention);
        require(inputChannels > 0, "input_channels", inputChannels, "at least 1");
        require(
                initialChannels > 0 && initialChannels % 32 == 0,
                "initial_channels",
                initialChannels,
                "a multiple of 32, for 32 groups");
        require(channelMultipliers.size() > 0, "channel_multipliers", channelMultipliers, "one number per level");
        require(
                channelMultipliers.stream().allMatch(m -> m > 0),
                "channel_multipliers",
                channelMultipliers,
                "numbers from 1 up");
        require(
                isAttention.size() == channelMultipliers.size(),
                "is_attention",
                isAttention,
                "as many entries as channel_multipliers " + channelMultipliers);
        require(attentionHeadChannels > 0, "attention_head_channels", attentionHeadChannels, "at least 1");
        require(blocksPerResolution > 0, "n_blocks_per_resolution", blocksPerResolution, "at least 1");
        require(contextClasses >= 0, "n_context_classes", contextClasses, "at least 0");
        require(
                contextDropoutProbability >= 0 && contextDropoutProbability < 1,
                "context_dropout_probability",
                contextDropoutProbability,
                "0 or more, less than 1");
        require(
                !crossAttends(conditionType, isContextConditional) || contextChannels % 32 == 0,
                "context_channels",
                contextChannels,
                "a multiple of 32 for condition_type CA, for 32 groups");
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " given, expected " + expected);
        }
    }

    private static boolean crossAttends(ConditionType type, boolean conditional) {
        return type == ConditionType.CA && conditional;
    }

    /** Number of resolutions; inputs' height and width are multiples of 2^(levels-1). */
    public int levels() {
        return channelMultipliers.size();
    }

    /** Channels of the time embedding. */
    public int timeChannels() {
        return 4 * initialChannels;
    }

    /** Whether attention blocks attend to the context too. */
    public boolean crossAttends() {
        return crossAttends(conditionType, isContextConditional);
    }

    /** Heads of an attention block with this many channels. */
    public int heads(int channels) {
        return attentionHeads > 0 ? attentionHeads : channels / attentionHeadChannels;
    }
}
