package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;

/**
 * Pictures of a folder tree as a training set.
 *
 * @param edge     to which pictures are resized, in pixels
 * @param contexts one for each file; empty arrays where there are none
 */
record FolderImages(List<Path> files, int edge, List<float[]> contexts) implements ImageSet {

    /**
     * The .png and .jpg files below a folder, sorted by path.
     *
     * @throws IOException if there are none
     */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> files = tree.filter(file -> file.toString().matches("(?i).*\\.(png|jpe?g)"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new IOException(folder + ": no .png or .jpg below it");
            }
            return files;
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public RgbImage image(int index) {
        RgbImage image = Images.decode(files.get(index), Limits.DEFAULT);
        return image.width() == edge && image.height() == edge ? image : Images.resizeBilinear(image, edge, edge);
    }

    @Override
    public float[] context(int index) {
        return contexts.get(index);
    }
}
