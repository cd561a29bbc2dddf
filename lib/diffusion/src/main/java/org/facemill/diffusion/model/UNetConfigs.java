package org.facemill.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.UNetConfig;

/** U-Net configurations from configuration files, and from checkpoints that come without one. */
final class UNetConfigs {
    /** The head width of all published configurations; self-attention weights do not tell it. */
    private static final int USUAL_HEAD_CHANNELS = 32;

    private UNetConfigs() {}

    /**
     * By the original's names; what the file leaves open (a key that is absent or -1, as in templates) is taken from what
     * the checkpoint shows.
     */
    static UNetConfig read(JsonNode yaml, UNetConfig inferred) {
        int inputChannels = yaml.path("input_channels").asInt(-1);
        return new UNetConfig(
                inputChannels > 0 ? inputChannels : inferred.inputChannels(),
                yaml.path("initial_channels").asInt(inferred.initialChannels()),
                list(yaml, "channel_multipliers", JsonNode::asInt, inferred.channelMultipliers()),
                yaml.path("n_blocks_per_resolution").asInt(inferred.blocksPerResolution()),
                new UNetConfig.Attention(
                        list(
                                yaml,
                                "is_attention",
                                JsonNode::asBoolean,
                                inferred.attention().levels()),
                        yaml.path("attention_heads").asInt(inferred.attention().heads()),
                        yaml.path("attention_head_channels")
                                .asInt(inferred.attention().headChannels())),
                yaml.has("condition_type")
                        ? ConditionType.of(yaml.get("condition_type").asText())
                        : inferred.conditionType(),
                new UNetConfig.ContextInput(
                        yaml.path("is_context_conditional").asBoolean(inferred.isContextConditional()),
                        yaml.path("context_input_channels")
                                .asInt(inferred.context().inputChannels()),
                        yaml.path("context_channels").asInt(inferred.context().channels()),
                        yaml.path("n_context_classes").asInt(inferred.context().classes()),
                        yaml.path("learn_empty_context")
                                .asBoolean(inferred.context().learnEmpty()),
                        yaml.path("context_dropout_probability").asDouble(0)));
    }

    private static <T> List<T> list(JsonNode yaml, String key, Function<JsonNode, T> element, List<T> otherwise) {
        if (!yaml.path(key).isArray()) {
            return otherwise;
        }
        List<T> values = new ArrayList<>();
        yaml.get(key).forEach(node -> values.add(element.apply(node)));
        return values;
    }

    /**
     * From names and shapes of a checkpoint. Not visible there: AdaGN or DiffAE (AdaGN is assumed), heads of pure
     * self-attention (32 channels each are assumed), dropout.
     *
     * @param shapes by names without prefix
     * @throws IllegalArgumentException if it is no such network
     */
    static UNetConfig infer(Map<String, long[]> shapes) {
        Shapes all = new Shapes(shapes);
        long[] first = all.of("image_proj.weight");
        boolean conditional = all.has("context_emb.weight");
        boolean classes = conditional && !all.has("context_emb.bias");
        int contextChannels = conditional ? (int) all.of("context_emb.weight")[classes ? 1 : 0] : 0;
        Levels levels = Levels.of(all, (int) first[0]);
        boolean cross = all.has("middle.attn.c_proj_in.weight");
        int headChannels =
                cross ? (int) all.of("middle.attn.c_proj_in.weight")[0] / contextChannels : USUAL_HEAD_CHANNELS;
        return new UNetConfig(
                (int) first[1],
                (int) first[0],
                levels.multipliers,
                levels.blocks,
                new UNetConfig.Attention(levels.attention, heads(all, levels.lowest, headChannels), headChannels),
                type(all, cross),
                new UNetConfig.ContextInput(
                        conditional,
                        conditional && !classes ? (int) all.of("context_emb.weight")[1] : 0,
                        contextChannels,
                        classes ? (int) all.of("context_emb.weight")[0] : 0,
                        all.has("empty_context_embedding"),
                        0));
    }

    private static ConditionType type(Shapes all, boolean cross) {
        if (cross) {
            return ConditionType.CA;
        }
        return all.has("down.0.res.norm2.norm.weight") ? ConditionType.ADA_GN : ConditionType.ADD_PLUS_GN;
    }

    /** -1 where the heads fill the channels, as published; else their number. */
    private static int heads(Shapes all, int channels, int headChannels) {
        String attention = all.has("middle.attn.self_attention.to_q.weight")
                ? "middle.attn.self_attention"
                : "middle.attn.attention";
        int heads = (int) all.of(attention + ".to_q.weight")[0] / headChannels;
        return heads == channels / headChannels ? -1 : heads;
    }

    private record Shapes(Map<String, long[]> shapes) {
        boolean has(String name) {
            return shapes.containsKey(name);
        }

        long[] of(String name) {
            if (!has(name)) {
                throw new IllegalArgumentException("no U-Net: it holds no `" + name + "`");
            }
            return shapes.get(name);
        }
    }

    /** The way down, read off block by block: a level ends with a convolution. */
    private static final class Levels {
        private final List<Integer> multipliers = new ArrayList<>();
        private final List<Boolean> attention = new ArrayList<>();
        private int blocks;
        private int lowest;

        static Levels of(Shapes all, int initialChannels) {
            Levels levels = new Levels();
            int channels = initialChannels;
            boolean starts = true;
            for (int i = 0; ; i++) {
                String at = "down." + i;
                if (all.has(at + ".res.conv1.weight")) {
                    if (starts) {
                        int out = (int) all.of(at + ".res.conv1.weight")[0];
                        levels.multipliers.add(out / channels);
                        levels.attention.add(all.has(at + ".attn.norm.weight") || all.has(at + ".attn.x_norm.weight"));
                        channels = out;
                    }
                    levels.blocks += levels.multipliers.size() == 1 ? 1 : 0;
                    starts = false;
                } else if (all.has(at + ".conv.weight")) {
                    starts = true;
                } else {
                    levels.lowest = channels;
                    return levels;
                }
            }
        }
    }
}
