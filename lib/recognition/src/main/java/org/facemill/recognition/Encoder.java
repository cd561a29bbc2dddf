package org.facemill.recognition;

import java.util.List;
import java.util.function.IntFunction;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;

/**
 * A face recogniser: aligned faces in, embeddings out. Embeddings are L2-normalised, so that the cosine of two is their
 * dot product.
 *
 * <p>An encoder does not find faces. Whoever has the original picture aligns it to {@link #template()}
 * ({@link FacePoints#align}); whoever has only a crop aligned to another template carries it over with
 * {@link FacePoints#from}; {@link #adapted(FacePoints)} does so for a whole dataset.
 *
 * <p>Thread safety: one call at a time. {@link #close()} frees the network's native memory.
 */
public interface Encoder extends AutoCloseable {

    /** Name under which embeddings and reports list it. */
    String name();

    /** Size and five points of the faces that {@link #embed} expects. */
    FacePoints template();

    /** Floats per embedding. */
    int dimension();

    /**
     * Embeddings in the order of the images, {@code [images][dimension]}, each of L2 norm 1. Any number of images: they are
     * run in batches.
     *
     * @throws EncodingException if an image has not the template's size, or the network's output for it is not finite or zero
     */
    float[][] embed(List<RgbImage> images);

    /** As {@link #embed(List)}, of images that messages can name by their index. */
    default float[][] embed(List<RgbImage> images, IntFunction<String> names) {
        try {
            return embed(images);
        } catch (EncodingException e) {
            throw e.of(names.apply(e.image()));
        }
    }

    @Override
    void close();

    /**
     * This encoder for faces that are aligned to another template; itself where the template is its own. Closing the
     * result closes this encoder.
     */
    default Encoder adapted(FacePoints source) {
        return source.equals(template()) ? this : new AdaptedEncoder(this, source);
    }
}
