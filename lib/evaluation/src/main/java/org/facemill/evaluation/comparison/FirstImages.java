package org.facemill.evaluation.comparison;

import java.util.Optional;
import org.facemill.images.RgbImage;

/**
 * A set of faces with the first images of each identity alone. Closing it closes the set.
 *
 * @param faces the whole set
 * @param count images of each identity at most
 */
public record FirstImages(FaceSet faces, int count) implements FaceSet {

    @Override
    public String name() {
        return faces.name();
    }

    @Override
    public int dimension() {
        return faces.dimension();
    }

    @Override
    public int identities() {
        return faces.identities();
    }

    @Override
    public int images() {
        int images = 0;
        for (int identity = 0; identity < faces.identities(); identity++) {
            images += images(identity);
        }
        return images;
    }

    @Override
    public int images(int identity) {
        return Math.min(count, faces.images(identity));
    }

    @Override
    public String identity(int identity) {
        return faces.identity(identity);
    }

    @Override
    public Embeddings embeddings(int identity) {
        return faces.embeddings(identity).first(count);
    }

    @Override
    public String imageName(int identity, int image) {
        return faces.imageName(identity, image);
    }

    @Override
    public Optional<RgbImage> picture(int identity, int image) {
        return faces.picture(identity, image);
    }

    @Override
    public void close() {
        faces.close();
    }
}
