package org.facemill.recognition;

import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Network;
import org.facemill.torch.Scope;

/** An encoder whose network maps [N,3,size,size] to [N,dimension]. */
final class NetworkEncoder implements Encoder {

    /** Enough to keep the convolutions busy, small enough for a laptop's memory with a ResNet-100. */
    private static final int BATCH = 16;

    private final String name;
    private final FacePoints template;
    private final int dimension;
    private final Normalisation normalisation;
    private final Network network;
    private final Runnable onClose;

    /** Takes over the network: it is closed with the encoder, and then {@code onClose} is run. */
    NetworkEncoder(
            String name,
            FacePoints template,
            int dimension,
            Normalisation normalisation,
            Network network,
            Runnable onClose) {
        this.name = name;
        this.template = template;
        this.dimension = dimension;
        this.normalisation = normalisation;
        this.network = network;
        this.onClose = onClose;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FacePoints template() {
        return template;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public float[][] embed(List<RgbImage> images) {
        EncodingException.requireSize(name, template, images);
        float[][] embeddings = new float[images.size()][];
        for (int from = 0; from < images.size(); from += BATCH) {
            List<RgbImage> batch = images.subList(from, Math.min(images.size(), from + BATCH));
            float[] values = features(batch);
            for (int i = 0; i < batch.size(); i++) {
                embeddings[from + i] = normalised(values, i * dimension, from + i);
            }
        }
        return embeddings;
    }

    /** The network's own outputs, [N * dimension], not normalised. */
    float[] features(List<RgbImage> batch) {
        float[] pixels = normalisation.planar(batch, template.size());
        try (Scope scope = Scope.open()) {
            DeviceTensor input = scope.floats(pixels, batch.size(), 3, template.size(), template.size());
            return network.apply(scope, input).floats();
        }
    }

    private float[] normalised(float[] values, int offset, int image) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += (double) values[offset + i] * values[offset + i];
        }
        double norm = Math.sqrt(sum);
        if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            throw new EncodingException(
                    name,
                    image,
                    "the network's output " + (norm == 0 ? "is zero" : "holds NaN or infinity")
                            + ", which is no embedding; are the model's weights whole?");
        }
        float[] unit = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            unit[i] = (float) (values[offset + i] / norm);
        }
        return unit;
    }

    @Override
    public void close() {
        network.close();
        onClose.run();
    }
}
