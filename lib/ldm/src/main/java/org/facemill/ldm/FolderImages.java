package org.facemill.ldm;

import java.util.List;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;

/**
 * Pictures of a folder tree as a training set, resized as torchvision's Resize does with PIL images (main.py).
 *
 * @param edge     to which pictures are resized, in pixels
 * @param contexts one for each picture; empty arrays where there are none
 */
record FolderImages(List<Picture> pictures, int edge, List<float[]> contexts) implements ImageSet {

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public RgbImage image(int index) {
        return Images.resizeAntialiased(Images.decode(pictures.get(index).file(), Limits.DEFAULT), edge, edge);
    }

    @Override
    public float[] context(int index) {
        return contexts.get(index);
    }
}
