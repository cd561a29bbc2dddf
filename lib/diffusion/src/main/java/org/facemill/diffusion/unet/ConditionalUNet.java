package org.facemill.diffusion.unet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.facemill.tensor.DType;
import org.facemill.torch.Conv;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * The denoiser of IDiff-Face (Boutros et al., 2023): predicts the noise eps in x_t at step t given an identity context.
 * Parameters carry the original's names (ConditionalUNet in models/diffusion/unet.py).
 */
public final class ConditionalUNet {
    private final Layers layers;
    private final UNetConfig config;
    private final int edge;

    public ConditionalUNet(Layers layers, UNetConfig config) {
        this(layers, config, 0);
    }

    private ConditionalUNet(Layers layers, UNetConfig config, int edge) {
        this.layers = layers.on(edge);
        this.config = config;
        this.edge = edge;
    }

    /**
     * The network for inference on any device: inputs {@code x}, {@code steps} and, where it is conditional, {@code context}
     * and {@code empty}; output {@code eps}. See {@link #eps(Value, Value, Value, Value)} for their shapes.
     *
     * @param dtype what parameters are and layers compute in; inputs and eps are FLOAT32
     */
    public static Graph inference(UNetConfig config, DType dtype) {
        return inference(config, new Recorder(Recorder.Mode.INFERENCE, dtype), 0);
    }

    /** The same, at its fastest on this process's device for {@code x} of a known height and width. */
    public static Graph inference(UNetConfig config, DType dtype, int edge) {
        return inference(config, new Recorder(Recorder.Mode.inference(dtype), dtype), edge);
    }

    static Graph inference(UNetConfig config, Recorder recorder, int edge) {
        ConditionalUNet network = new ConditionalUNet(new Layers(recorder), config, edge);
        Value x = recorder.input("x");
        Value steps = recorder.input("steps");
        recorder.output(
                "eps",
                config.isContextConditional()
                        ? network.eps(x, steps, recorder.input("context"), recorder.input("empty"))
                        : network.eps(x, steps));
        return recorder.finish("U-Net");
    }

    /**
     * An unconditional prediction, by a network without contexts.
     *
     * @param x     [N, inputChannels, H, W]
     * @param steps [N] or [1], 0 .. T-1
     * @return eps, of x's shape
     */
    public Value eps(Value x, Value steps) {
        return eps(x, steps, Optional.empty());
    }

    /**
     * A prediction for contexts.
     *
     * @param x       [N, inputChannels, H, W]
     * @param steps   [N] or [1], 0 .. T-1
     * @param context [N or 1, contextInputChannels], or class labels [N] or [1], INT64; a single one is meant for all rows
     * @param empty   [N] or [1], BOOL or 0/1: contexts to be replaced by the empty one
     * @return eps, of x's shape
     */
    public Value eps(Value x, Value steps, Value context, Value empty) {
        return eps(x, steps, Optional.of(new ContextEmbedding(layers, config).of(context, empty)));
    }

    private Value eps(Value x, Value steps, Optional<Value> context) {
        Value h = layers.conv2d(
                "image_proj",
                x.to(layers.dtype()),
                Conv.of(config.inputChannels(), config.initialChannels(), 3).padding(1));
        Condition condition =
                new Condition(TimeEmbedding.of(layers.at("time_emb"), steps, config.timeChannels()), context);
        Deque<Value> skips = new ArrayDeque<>();
        h = down(h, condition, skips);
        int channels = channels(config.levels() - 1);
        Layers middle = layers.at("middle").on(edge(config.levels() - 1));
        h = ResidualBlock.of(middle.at("res1"), config, h, condition, channels, channels);
        h = attention(middle, h, condition, channels);
        h = ResidualBlock.of(middle.at("res2"), config, h, condition, channels, channels);
        h = up(h, condition, skips);
        h = layers.groupNorm2d("norm", h, ResidualBlock.GROUPS, config.initialChannels(), ResidualBlock.EPSILON)
                .silu();
        Conv last = Conv.of(config.initialChannels(), config.inputChannels(), 3)
                .padding(1)
                .startingAtZero();
        return layers.conv2d("final", h, last).to(DType.F32);
    }

    /** Height and width of a level's maps, 0 where it is not known. */
    private int edge(int level) {
        return edge >> level;
    }

    private int channels(int level) {
        int channels = config.initialChannels();
        for (int i = 0; i <= level; i++) {
            channels *= config.channelMultipliers().get(i);
        }
        return channels;
    }

    /** Every output on the way, downsamplings included, is pushed for the way up. */
    private Value down(Value h, Condition condition, Deque<Value> skips) {
        skips.push(h);
        int index = 0;
        int channels = config.initialChannels();
        for (int level = 0; level < config.levels(); level++) {
            for (int block = 0; block < config.blocksPerResolution(); block++) {
                h = block(
                        layers.at("down").at(index++).on(edge(level)), level, h, condition, channels, channels(level));
                channels = channels(level);
                skips.push(h);
            }
            if (level < config.levels() - 1) {
                h = layers.at("down")
                        .at(index++)
                        .on(edge(level))
                        .conv2d(
                                "conv",
                                h,
                                Conv.of(channels, channels, 3).stride(2).padding(1));
                skips.push(h);
            }
        }
        return h;
    }

    /** One block more than on the way down; the last of a level divides the channels by its multiplier. */
    private Value up(Value h, Condition condition, Deque<Value> skips) {
        int index = 0;
        int channels = channels(config.levels() - 1);
        for (int level = config.levels() - 1; level >= 0; level--) {
            for (int block = 0; block <= config.blocksPerResolution(); block++) {
                boolean last = block == config.blocksPerResolution();
                int out = last ? channels / config.channelMultipliers().get(level) : channels;
                h = layers.recorder().cat(1, h, skips.pop());
                h = block(layers.at("up").at(index++).on(edge(level)), level, h, condition, channels + out, out);
                channels = out;
            }
            if (level > 0) {
                h = layers.at("up")
                        .at(index++)
                        .convTranspose2d(
                                "conv",
                                h,
                                Conv.of(channels, channels, 4).stride(2).padding(1));
            }
        }
        return h;
    }

    private Value block(Layers at, int level, Value h, Condition condition, int in, int out) {
        h = ResidualBlock.of(at.at("res"), config, h, condition, in, out);
        return config.attention().levels().get(level) ? attention(at, h, condition, out) : h;
    }

    private Value attention(Layers at, Value h, Condition condition, int channels) {
        return config.crossAttends()
                ? new CrossAttentionBlock(at.at("attn"), config, channels).of(h, condition.requireContext())
                : SelfAttentionBlock.of(at.at("attn"), config, h, channels);
    }
}
