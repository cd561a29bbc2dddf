package org.facemill.datasets;

/**
 * What a dataset will hold, known before it is written because some formats say so in front.
 *
 * @param classes number of identities
 * @param images number of images of all of them, copies counted
 */
public record DatasetSize(int classes, int images) {

    public DatasetSize {
        if (classes < 1 || images < classes) {
            throw new IllegalArgumentException("a dataset holds at least one image of each class, got " + classes
                    + " classes and " + images + " images");
        }
    }
}
