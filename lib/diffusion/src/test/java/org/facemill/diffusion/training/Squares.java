package org.facemill.diffusion.training;

import java.util.SplittableRandom;
import org.facemill.contracts.Noise;
import org.facemill.images.RgbImage;

/** Small pictures of two colours, each with a context. */
record Squares(int size, int edge, int contextLength) implements ImageSet {

    @Override
    public RgbImage image(int index) {
        SplittableRandom random = new SplittableRandom(index);
        int bright = random.nextInt(128, 256);
        byte[] pixels = new byte[edge * edge * 3];
        for (int i = 0; i < pixels.length; i++) {
            boolean inside = i / 3 % edge > edge / 3 && i / 3 / edge > edge / 3;
            pixels[i] = (byte) (inside ? bright : 40 * (i % 3) + random.nextInt(8));
        }
        return new RgbImage(edge, edge, pixels);
    }

    @Override
    public float[] context(int index) {
        return contextLength == 0 ? new float[0] : Noise.unitVector(1, index, contextLength);
    }
}
