package org.facemill.recognition;

import java.util.List;
import org.facemill.images.RgbImage;

/** An encoder whose faces are carried over from another template first. */
record AdaptedEncoder(Encoder encoder, FacePoints template, ChipTransform transform) implements Encoder {

    AdaptedEncoder(Encoder encoder, FacePoints template) {
        this(encoder, template, new ChipTransform(template, encoder.template()));
    }

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
        return encoder.embed(images.stream().map(transform::apply).toList());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
