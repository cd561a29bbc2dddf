package org.facemill.images;

/**
 * How a stored picture has to be turned to be seen upright: the values 1 to 8 of EXIF's orientation tag (CIPA DC-008, 0x0112)
 * in their order.
 */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    TRANSPOSED,
    QUARTER_TURN_RIGHT,
    TRANSVERSE,
    QUARTER_TURN_LEFT;

    /** The orientation of a tag's value; upright for values that the tag does not have. */
    static Orientation of(int tag) {
        return tag >= 1 && tag <= values().length ? values()[tag - 1] : UPRIGHT;
    }

    /** The picture as it is meant to be seen. */
    RgbImage apply(RgbImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        boolean across = ordinal() >= TRANSPOSED.ordinal();
        int width = across ? stored.height() : stored.width();
        int height = across ? stored.width() : stored.height();
        byte[] in = stored.pixels();
        byte[] out = new byte[in.length];
        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0; x < width; x++, to += 3) {
                System.arraycopy(in, 3 * source(x, y, stored.width(), stored.height()), out, to, 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    /** Which stored pixel is seen at (x, y); width and height are those of the stored picture. */
    private int source(int x, int y, int width, int height) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (this) {
            case UPRIGHT -> y * width + x;
            case MIRRORED -> y * width + right - x;
            case UPSIDE_DOWN -> (bottom - y) * width + right - x;
            case UPSIDE_DOWN_MIRRORED -> (bottom - y) * width + x;
            case TRANSPOSED -> x * width + y;
            case QUARTER_TURN_RIGHT -> (bottom - x) * width + y;
            case TRANSVERSE -> (bottom - x) * width + right - y;
            case QUARTER_TURN_LEFT -> x * width + right - y;
        };
    }
}
