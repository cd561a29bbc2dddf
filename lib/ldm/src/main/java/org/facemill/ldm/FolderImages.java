package org.facemill.ldm;

import java.nio.file.Path;
import java.util.List;
import org.facemill.datasets.files.Pictures;
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

    /** The pictures below a folder, in natural order of their paths. */
    static List<Path> files(Path folder) {
        return Pictures.below(folder).stream().map(Pictures.Picture::file).toList();
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
