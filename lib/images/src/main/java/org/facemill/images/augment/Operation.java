package org.facemill.images.augment;

import org.facemill.images.RgbImage;

/**
 * The 13 operations of RandAugment as IDiff-Face trains with it
 * ({@code face_recognition_training/utils/rand_augment.py}): torchvision's list without the vertical shear and
 * translation, and with grayscale. Each has 31 magnitude bins, 0 to 30.
 */
public enum Operation {
    IDENTITY(false),
    SHEAR_X(true),
    TRANSLATE_X(true),
    ROTATE(true),
    BRIGHTNESS(true),
    COLOR(true),
    CONTRAST(true),
    SHARPNESS(true),
    POSTERIZE(false),
    SOLARIZE(false),
    AUTO_CONTRAST(false),
    EQUALIZE(false),
    GRAYSCALE(false);

    /** Highest magnitude bin. */
    public static final int MAX_BIN = 30;

    private final boolean signed;

    Operation(boolean signed) {
        this.signed = signed;
    }

    /** Whether the magnitude is negated with probability one half. */
    public boolean signed() {
        return signed;
    }

    /**
     * Unsigned magnitude of a bin, in the operation's own unit: shear and enhancement factors, pixels, degrees, bits kept,
     * threshold; 0 where the operation takes none.
     *
     * @param bin   0 to 30
     * @param width of the image in pixels, which the translation is relative to
     */
    public double magnitude(int bin, int width) {
        return switch (this) {
            case IDENTITY, AUTO_CONTRAST, EQUALIZE, GRAYSCALE -> 0;
            case SHEAR_X -> linear(0, 0.3f, bin);
            case TRANSLATE_X -> linear(0, (float) (150.0 / 331.0 * width), bin);
            case ROTATE -> linear(0, 30, bin);
            case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> linear(0, 0.9f, bin);
            case POSTERIZE -> 8 - Math.rint(bin / (MAX_BIN / 4.0));
            case SOLARIZE -> linear(255, 0, bin);
        };
    }

    /** The image under this operation at a (signed) magnitude. */
    public RgbImage apply(RgbImage image, double magnitude) {
        return switch (this) {
            case IDENTITY -> image;
            case SHEAR_X -> ImageOps.affine(image, 1, Math.tan(Math.atan(magnitude)), 0, 0, 1, 0);
            case TRANSLATE_X -> ImageOps.affine(image, 1, 0, -(int) magnitude, 0, 1, 0);
            case ROTATE -> rotate(image, magnitude);
            case BRIGHTNESS -> ImageOps.brightness(image, 1 + magnitude);
            case COLOR -> ImageOps.saturation(image, 1 + magnitude);
            case CONTRAST -> ImageOps.contrast(image, 1 + magnitude);
            case SHARPNESS -> ImageOps.sharpness(image, 1 + magnitude);
            case POSTERIZE -> ImageOps.posterize(image, (int) magnitude);
            case SOLARIZE -> ImageOps.solarize(image, magnitude);
            case AUTO_CONTRAST -> ImageOps.autoContrast(image);
            case EQUALIZE -> ImageOps.equalize(image);
            case GRAYSCALE -> ImageOps.grayscale(image);
        };
    }

    /** Counter-clockwise about the image's centre, in degrees. */
    private static RgbImage rotate(RgbImage image, double degrees) {
        double angle = -Math.toRadians(degrees);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double centreX = image.width() / 2.0;
        double centreY = image.height() / 2.0;
        return ImageOps.affine(
                image,
                cos,
                sin,
                centreX - cos * centreX - sin * centreY,
                -sin,
                cos,
                centreY + sin * centreX - cos * centreY);
    }

    /** {@code torch.linspace(from, to, 31)[bin]}: float32, counted from the nearer end, each value rounded once. */
    private static double linear(float from, float to, int bin) {
        float step = (to - from) / MAX_BIN;
        return bin <= MAX_BIN / 2 ? Math.fma(step, bin, from) : Math.fma(-step, MAX_BIN - bin, to);
    }
}
