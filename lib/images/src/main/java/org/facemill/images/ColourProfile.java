package org.facemill.images;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Colours of a picture with an ICC profile, brought to sRGB: what people see. */
final class ColourProfile {

    /** Profiles of cameras and screens have some kilobytes, of printers up to a few megabytes. */
    static final int MAX_BYTES = 8 << 20;

    /** Colours that a profile leaves within so many levels are taken as they are: it is sRGB's own, in one of its spellings. */
    private static final int SAME = 2;

    private static final int REMEMBERED = 64;

    /** Pictures of a dataset share their profile; what is none of red, green and blue, or leaves colours alone, is empty. */
    private static final Map<ByteBuffer, Optional<ICC_ColorSpace>> SPACES = new ConcurrentHashMap<>();

    private ColourProfile() {}

    /** The picture in sRGB; as it is where the profile is damaged, or none of red, green and blue. */
    static RgbImage toSrgb(RgbImage image, byte[] profile) {
        if (SPACES.size() > REMEMBERED) {
            SPACES.clear();
        }
        return SPACES.computeIfAbsent(ByteBuffer.wrap(profile), key -> space(profile))
                .map(space -> converted(image, space))
                .orElse(image);
    }

    private static Optional<ICC_ColorSpace> space(byte[] profile) {
        try {
            ICC_Profile parsed = ICC_Profile.getInstance(profile);
            return Optional.of(parsed)
                    .filter(rgb -> rgb.getColorSpaceType() == ColorSpace.TYPE_RGB)
                    .map(ICC_ColorSpace::new)
                    .filter(ColourProfile::changesColours);
        } catch (IllegalArgumentException | CMMException e) {
            return Optional.empty();
        }
    }

    private static boolean changesColours(ICC_ColorSpace space) {
        int levels = 16;
        byte[] colours = new byte[levels * levels * levels * 3];
        for (int i = 0; i < colours.length; i++) {
            int colour = i / 3;
            colours[i] = (byte) (17
                    * (i % 3 == 0
                            ? colour % levels
                            : i % 3 == 1 ? colour / levels % levels : colour / levels / levels));
        }
        byte[] shown =
                converted(new RgbImage(levels * levels, levels, colours), space).pixels();
        return IntStream.range(0, colours.length)
                .anyMatch(i -> Math.abs((colours[i] & 0xFF) - (shown[i] & 0xFF)) > SAME);
    }

    private static RgbImage converted(RgbImage image, ICC_ColorSpace space) {
        WritableRaster stored = Raster.createInterleavedRaster(
                new DataBufferByte(image.pixels(), image.pixels().length),
                image.width(),
                image.height(),
                3 * image.width(),
                3,
                new int[] {0, 1, 2},
                null);
        ComponentColorModel model =
                new ComponentColorModel(space, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage srgb = new ColorConvertOp(null)
                .filter(
                        new BufferedImage(model, stored, false, null),
                        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR));
        return RgbImage.of(srgb);
    }
}
