package org.facemill.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An 8-bit RGB raster.
 *
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param pixels {@code width * height * 3} bytes (unsigned 0..255), row by row, R G B interleaved; not copied, so the
 *     owner must not write to it afterwards
 */
public record RgbImage(int width, int height, byte[] pixels) {

    public RgbImage {
        Objects.requireNonNull(pixels, "pixels");
        if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
            throw new IllegalArgumentException("%d x %d RGB pixels want %d bytes, got %d"
                    .formatted(width, height, 3L * width * height, pixels.length));
        }
    }

    /** A copy of any Java2D picture as 8-bit RGB; see {@link Images#decode} for grey, alpha and 16-bit samples. */
    public static RgbImage of(BufferedImage image) {
        return Samples.toRgb(image);
    }

    /** A copy as {@link BufferedImage#TYPE_3BYTE_BGR}. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i += 3) {
            bgr[i] = pixels[i + 2];
            bgr[i + 1] = pixels[i + 1];
            bgr[i + 2] = pixels[i];
        }
        return image;
    }

    /** Sample of one channel (0 red, 1 green, 2 blue) at column x, row y: 0..255. */
    public int rgb(int x, int y, int channel) {
        Objects.checkIndex(x, width);
        Objects.checkIndex(y, height);
        Objects.checkIndex(channel, 3);
        return pixels[(y * width + x) * 3 + channel] & 0xFF;
    }

    /** A copy of the rectangle whose upper left corner is (x, y); it must lie inside. */
    public RgbImage crop(int x, int y, int cropWidth, int cropHeight) {
        Objects.checkFromIndexSize(x, cropWidth, width);
        Objects.checkFromIndexSize(y, cropHeight, height);
        byte[] cropped = new byte[cropWidth * cropHeight * 3];
        for (int row = 0; row < cropHeight; row++) {
            System.arraycopy(pixels, ((y + row) * width + x) * 3, cropped, row * cropWidth * 3, cropWidth * 3);
        }
        return new RgbImage(cropWidth, cropHeight, cropped);
    }

    /** Mirrored left to right. */
    public RgbImage flipped() {
        byte[] mirrored = new byte[pixels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(pixels, (y * width + x) * 3, mirrored, (y * width + width - 1 - x) * 3, 3);
            }
        }
        return new RgbImage(width, height, mirrored);
    }

    /** SHA-256 in lower-case hex over width and height (4 bytes each, big-endian) and the pixels. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(8).putInt(width).putInt(height).array());
            return HexFormat.of().formatHex(digest.digest(pixels));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage image
                && width == image.width
                && height == image.height
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + " x " + height + "]";
    }
}
