package org.facemill.images;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Java2D pictures of any colour model to 8-bit RGB samples. */
final class Samples {

    private Samples() {}

    static RgbImage toRgb(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return fromPalette(image.getRaster(), palette);
        }
        if (model.getNumColorComponents() == 1) {
            return fromSamples(image.getRaster(), model, new int[] {0, 0, 0});
        }
        if (model.getNumColorComponents() == 3 && model.getColorSpace().isCS_sRGB()) {
            return fromSamples(image.getRaster(), model, new int[] {0, 1, 2});
        }
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        new ColorConvertOp(model.getColorSpace(), ColorSpace.getInstance(ColorSpace.CS_sRGB), null).filter(image, rgb);
        return fromSamples(rgb.getRaster(), rgb.getColorModel(), new int[] {0, 1, 2});
    }

    private static RgbImage fromPalette(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * 3];
        int[] row = new int[width];
        for (int y = 0, out = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                pixels[out++] = (byte) palette.getRed(index);
                pixels[out++] = (byte) palette.getGreen(index);
                pixels[out++] = (byte) palette.getBlue(index);
            }
        }
        return new RgbImage(width, height, pixels);
    }

    /** The samples as they are stored: Java2D's own conversion takes grey for linear light and would brighten it. */
    private static RgbImage fromSamples(Raster raster, ColorModel model, int[] bands) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * 3];
        int[] row = new int[width];
        for (int channel = 0; channel < 3; channel++) {
            int max = (1 << model.getComponentSize(bands[channel])) - 1;
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, bands[channel], row);
                int out = y * width * 3 + channel;
                for (int x = 0; x < width; x++, out += 3) {
                    pixels[out] = (byte) (max == 255 ? row[x] : (row[x] * 255 + max / 2) / max);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
