package org.facemill.recognition;

import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;

/** An encoder whose faces are carried over from another template first. */
record AdaptedEncoder(Encoder encoder, FacePoints template) implements Encoder {

    @Override
    public String name() {
        return encoder.name();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public float[][] embed(List<RgbImage> images) {
        EncodingException.requireSize(name(), template, images);
        return encoder.embed(images.stream()
                .map(image -> encoder.template().from(template, image))
                .toList());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
