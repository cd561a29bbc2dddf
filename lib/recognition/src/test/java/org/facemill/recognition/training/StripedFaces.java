package org.facemill.recognition.training;

import java.util.SplittableRandom;
import org.facemill.datasets.ImageDataset;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;

/** Stand-ins for faces: each class a grating of its own direction, period and colour, each image with its own noise. */
final class StripedFaces implements ImageDataset {

    private static final int SIZE = 112;

    private final byte[][] images;
    private final int classes;
    private final int perClass;

    StripedFaces(int classes, int perClass, long seed) {
        this.classes = classes;
        this.perClass = perClass;
        this.images = new byte[classes * perClass][];
        for (int i = 0; i < images.length; i++) {
            images[i] = Images.png(draw(new SplittableRandom(seed + label(i)), new SplittableRandom(~seed * 31 + i)));
        }
    }

    private static RgbImage draw(SplittableRandom identity, SplittableRandom image) {
        double[] wave = {identity.nextDouble(-0.5, 0.5), identity.nextDouble(-0.5, 0.5)};
        int[] colour = {identity.nextInt(40, 120), identity.nextInt(40, 120), identity.nextInt(40, 120)};
        double phase = image.nextDouble(Math.PI);
        byte[] pixels = new byte[SIZE * SIZE * 3];
        for (int i = 0; i < pixels.length; i++) {
            int pixel = i / 3;
            double stripe = Math.sin(wave[0] * (pixel % SIZE) + wave[1] * (pixel / SIZE) + phase);
            pixels[i] = (byte) (int) (128 + colour[i % 3] * stripe * 0.8 + image.nextInt(-16, 16));
        }
        return new RgbImage(SIZE, SIZE, pixels);
    }

    @Override
    public int size() {
        return images.length;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return index / perClass;
    }

    @Override
    public String name(int index) {
        return "image " + index;
    }

    @Override
    public byte[] image(int index) {
        return images[index];
    }

    @Override
    public void close() {
        // in memory
    }
}
