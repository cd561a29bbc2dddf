package org.facemill.images;

/**
 * How large a picture may be before it is decoded. Memory used by a decode is bounded by about 12 bytes for each of
 * {@code maxPixels}.
 *
 * @param maxSide largest width and largest height in pixels
 * @param maxPixels largest width x height
 */
public record Limits(int maxSide, long maxPixels) {

    /** 8,192 pixels a side and 32 Mpixel in all: a block of 50 tiles of 512x512 passes, a photograph too. */
    public static final Limits DEFAULT = new Limits(8_192, 32L << 20);

    public Limits {
        if (maxSide < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive, got side " + maxSide + ", pixels " + maxPixels);
        }
    }

    /** Largest encoded size in bytes: uncompressed 16-bit RGBA, and a mebibyte for headers and metadata. */
    public long maxBytes() {
        return Math.addExact(Math.multiplyExact(maxPixels, 8), 1L << 20);
    }

    void check(String name, int width, int height) {
        if (width > maxSide || height > maxSide || (long) width * height > maxPixels) {
            throw new ImageException("%s: %d x %d pixels, the limit is %d a side and %d in all; scale it down first"
                    .formatted(name, width, height, maxSide, maxPixels));
        }
    }

    void checkBytes(String name, long bytes) {
        if (bytes > maxBytes()) {
            throw new ImageException(
                    "%s: %d bytes, the limit is %d; scale it down first".formatted(name, bytes, maxBytes()));
        }
    }
}
