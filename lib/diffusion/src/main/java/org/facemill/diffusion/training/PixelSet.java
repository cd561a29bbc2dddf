package org.facemill.diffusion.training;

import org.facemill.diffusion.model.LatentEncoder;
import org.facemill.images.RgbImage;

/** Pictures themselves as a training set, RGB in -1..1. */
public record PixelSet(ImageSet images) implements TrainingSet {
    private static final int COLOURS = 3;

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public long[] shape() {
        RgbImage first = images.image(0);
        return new long[] {COLOURS, first.height(), first.width()};
    }

    @Override
    public int contextLength() {
        return images.context(0).length;
    }

    @Override
    public void sample(int index, float[] out, int at) {
        LatentEncoder.pixels(images.image(index), out, at);
    }

    @Override
    public void context(int index, float[] out, int at) {
        float[] context = images.context(index);
        System.arraycopy(context, 0, out, at, context.length);
    }
}
