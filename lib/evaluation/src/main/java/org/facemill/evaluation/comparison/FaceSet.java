package org.facemill.evaluation.comparison;

import java.util.Optional;
import org.facemill.images.RgbImage;

/**
 * A set of faces as a recogniser sees them: embeddings, identity by identity, with pictures where they are at hand.
 * Identities are numbered from 0.
 */
public interface FaceSet extends AutoCloseable {

    /** What messages and reports call it. */
    String name();

    /** Numbers in an embedding. */
    int dimension();

    /** Number of identities. */
    int identities();

    /** Number of images of all identities. */
    int images();

    /** Number of an identity's images. */
    int images(int identity);

    /** An identity's name, different from all others'. */
    String identity(int identity);

    /** An identity's embeddings, at least one. */
    Embeddings embeddings(int identity);

    /** What an image is called. */
    String imageName(int identity, int image);

    /** An image itself; empty where there are embeddings alone. */
    Optional<RgbImage> picture(int identity, int image);

    @Override
    void close();
}
