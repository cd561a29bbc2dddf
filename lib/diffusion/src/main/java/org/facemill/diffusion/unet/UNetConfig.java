package org.facemill.diffusion.unet;

import java.util.List;

/**
 * The constructor arguments of the original ConditionalUNet; messages call them by their names there.
 *
 * @param inputChannels       channels of latents or images
 * @param initialChannels     channels at full resolution, a multiple of 32
 * @param channelMultipliers  cumulative: each level has the previous one's channels times this
 * @param blocksPerResolution residual blocks per level on the way down; one more on the way up
 * @param attention           where there is attention, and how wide
 * @param conditionType       how time and context enter
 * @param context             what a context is
 */
public record UNetConfig(
        int inputChannels,
        int initialChannels,
        List<Integer> channelMultipliers,
        int blocksPerResolution,
        Attention attention,
        ConditionType conditionType,
        ContextInput context) {

    /**
     * Attention blocks.
     *
     * @param levels       per level: an attention block after each residual block
     * @param heads        0 or less: as many heads as {@code headChannels} fit into the block's channels
     * @param headChannels channels of a head
     */
    public record Attention(List<Boolean> levels, int heads, int headChannels) {

        public Attention {
            levels = List.copyOf(levels);
            require(headChannels > 0, "attention_head_channels", headChannels, "at least 1");
        }
    }

    /**
     * What the network is conditioned on.
     *
     * @param conditional        false: there is no context at all
     * @param inputChannels      length of a context vector
     * @param channels           length of the projected context
     * @param classes            more than 0: a context is a class label below this
     * @param learnEmpty         the empty context is a parameter, else zeros
     * @param dropoutProbability dropout of the projected context's components in training (CPD)
     */
    public record ContextInput(
            boolean conditional,
            int inputChannels,
            int channels,
            int classes,
            boolean learnEmpty,
            double dropoutProbability) {

        public ContextInput {
            require(classes >= 0, "n_context_classes", classes, "at least 0");
            require(
                    dropoutProbability >= 0 && dropoutProbability < 1,
                    "context_dropout_probability",
                    dropoutProbability,
                    "0 or more, less than 1");
        }

        /** Numbers that a caller gives: a vector's, or a single class label. */
        public int length() {
            return classes > 0 ? 1 : inputChannels;
        }
    }

    public UNetConfig {
        channelMultipliers = List.copyOf(channelMultipliers);
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
                attention.levels().size() == channelMultipliers.size(),
                "is_attention",
                attention.levels(),
                "as many entries as channel_multipliers " + channelMultipliers);
        require(blocksPerResolution > 0, "n_blocks_per_resolution", blocksPerResolution, "at least 1");
        require(
                !crossAttends(conditionType, context.conditional()) || context.channels() % 32 == 0,
                "context_channels",
                context.channels(),
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

    /** Whether the network takes contexts. */
    public boolean isContextConditional() {
        return context.conditional();
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
        return crossAttends(conditionType, context.conditional());
    }

    /** Heads of an attention block with this many channels. */
    public int heads(int channels) {
        return attention.heads() > 0 ? attention.heads() : channels / attention.headChannels();
    }
}
