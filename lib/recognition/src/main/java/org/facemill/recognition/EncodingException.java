package org.facemill.recognition;

import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;

/**
 * A picture that a recogniser makes no embedding of: it has the wrong size, or the network's output is not finite or zero.
 */
public final class EncodingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String encoder;
    private final int image;
    private final String fault;

    /**
     * @param encoder name of the recogniser
     * @param image   index of the picture among those that were to be encoded
     * @param fault   what is wrong, after "recogniser x, picture y:"
     */
    EncodingException(String encoder, int image, String fault) {
        this(encoder, image, "image " + image, fault);
    }

    private EncodingException(String encoder, int image, String picture, String fault) {
        super("recogniser " + encoder + ", " + picture + ": " + fault);
        this.encoder = encoder;
        this.image = image;
        this.fault = fault;
    }

    /** Refuses the first image that has not the template's size. */
    static void requireSize(String encoder, FacePoints template, List<RgbImage> images) {
        for (int i = 0; i < images.size(); i++) {
            RgbImage image = images.get(i);
            if (image.width() != template.size() || image.height() != template.size()) {
                throw new EncodingException(
                        encoder,
                        i,
                        "an image of %dx%d where an aligned face of %dx%d is expected; align it first"
                                .formatted(image.width(), image.height(), template.size(), template.size()));
            }
        }
    }

    /** Index of the picture among those that were to be encoded. */
    public int image() {
        return image;
    }

    /** The same about a picture that has a name. */
    public EncodingException of(String picture) {
        return new EncodingException(encoder, image, picture, fault);
    }

    /** The same where the pictures are part of a longer list, {@code offset} from its beginning. */
    public EncodingException after(int offset) {
        return new EncodingException(encoder, offset + image, fault);
    }
}
