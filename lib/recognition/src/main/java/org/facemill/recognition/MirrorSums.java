package org.facemill.recognition;

import java.util.List;
import java.util.function.IntFunction;
import org.facemill.images.RgbImage;

/** Embeddings as InsightFace's verification.py makes them: the normalised sum of an image's own and its mirror image's. */
final class MirrorSums {

    private MirrorSums() {}

    /** In the order of the images, of unit length. */
    static double[][] embed(Encoder encoder, List<RgbImage> images, IntFunction<String> names) {
        float[][] original = encoder.embed(images, names);
        float[][] mirrored =
                encoder.embed(images.stream().map(RgbImage::flipped).toList(), names);
        double[][] sums = new double[images.size()][];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = unitSum(original[i], mirrored[i]);
        }
        return sums;
    }

    private static double[] unitSum(float[] original, float[] mirrored) {
        double[] sum = new double[original.length];
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (double) original[i] + mirrored[i];
            squares += sum[i] * sum[i];
        }
        double norm = Math.max(Math.sqrt(squares), 1e-12);
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= norm;
        }
        return sum;
    }
}
