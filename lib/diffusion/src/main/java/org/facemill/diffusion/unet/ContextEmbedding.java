package org.facemill.diffusion.unet;

import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** The context's projection, its empty replacement and its dropout (ConditionalUNet.forward in models/diffusion/unet.py). */
final class ContextEmbedding {
    private static final String EMPTY = "empty_context_embedding";

    private final Layers layers;
    private final UNetConfig config;

    ContextEmbedding(Layers layers, UNetConfig config) {
        this.layers = layers;
        this.config = config;
    }

    /** Contexts [N, contextInputChannels] (or labels [N]) and a mask [N] of empty ones, to [N, contextChannels]. */
    Value of(Value context, Value empty) {
        int width = config.context().channels();
        Value projected = config.context().classes() > 0
                ? layers.embedding("context_emb", context, config.context().classes(), width)
                : layers.linear(
                        "context_emb",
                        context.to(layers.dtype()),
                        config.context().inputChannels(),
                        width);
        Value replacement = config.context().learnEmpty()
                ? layers.parameter(EMPTY, Init.normal(1), width)
                : layers.recorder().op("torch.zeros_like", projected);
        Value masked = empty.gt(0).unsqueeze(1).where(replacement, projected);
        return layers.dropout(masked, config.context().dropoutProbability());
    }
}
