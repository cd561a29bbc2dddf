package org.facemill.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The one thing in EXIF data that bears on how a picture is seen. */
final class Exif {

    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private Exif() {}

    /**
     * The orientation in EXIF data, which are a TIFF file; upright where it has none, or is damaged: pictures are shown
     * without it then.
     */
    static Orientation orientation(byte[] tiff) {
        if (tiff.length < 8 || tiff[0] != tiff[1] || tiff[0] != 'I' && tiff[0] != 'M') {
            return Orientation.UPRIGHT;
        }
        ByteBuffer data = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(data.getInt(4));
        if (directory > tiff.length - 2) {
            return Orientation.UPRIGHT;
        }
        int entries = Short.toUnsignedInt(data.getShort((int) directory));
        for (int at = (int) directory + 2; entries > 0 && at + ENTRY <= tiff.length; entries--, at += ENTRY) {
            if (Short.toUnsignedInt(data.getShort(at)) == ORIENTATION && data.getShort(at + 2) == SHORT) {
                return Orientation.of(Short.toUnsignedInt(data.getShort(at + 8)));
            }
        }
        return Orientation.UPRIGHT;
    }
}
