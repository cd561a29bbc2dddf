package org.facemill.diffusion.unet;

import org.facemill.torch.Value;

/**
 * The positions of an image as a sequence, each contiguous in memory as linear layers want it. Nothing moves where the image
 * is laid out channels last.
 */
final class Tokens {
    private Tokens() {}

    /** [N,C,H,W] to [N,H*W,C]. */
    static Value of(Value image) {
        return image.flatten(2).transpose(1, 2).contiguous();
    }

    /** [N,H*W,C] to [N,C,H,W] with the height and width of {@code like}. */
    static Value image(Value tokens, Value like) {
        return tokens.transpose(1, 2).reshape(like.size(0), -1, like.size(2), like.size(3));
    }
}
