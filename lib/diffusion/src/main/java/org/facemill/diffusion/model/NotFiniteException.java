package org.facemill.diffusion.model;

/** A network computed numbers that are none, NaN or infinite: there is no image. */
public final class NotFiniteException extends RuntimeException {

    private final int image;
    private final String what;

    /**
     * @param image number among those that were asked for
     * @param what  is not finite
     */
    public NotFiniteException(int image, String what) {
        super("image " + image + " cannot be sampled: " + what);
        this.image = image;
        this.what = what;
    }

    public int image() {
        return image;
    }

    public String what() {
        return what;
    }
}
