package org.facemill.datasets;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Names of classes and images in packed datasets. */
final class ImageNames {

    private static final byte[] PNG = HexFormat.of().parseHex("89504e47");

    private ImageNames() {}

    /** Folder of a class: sorts as text as it does as a number, and is a number, as TFace wants. */
    static String folder(int label) {
        return String.format(Locale.ROOT, "%07d", label);
    }

    /** Name of an image in its class, without extension. */
    static String image(int image) {
        return String.format(Locale.ROOT, "%04d", image);
    }

    static String path(int label, int image, byte[] encoded) {
        return folder(label) + "/" + image(image) + extension(encoded);
    }

    static String extension(byte[] encoded) {
        return encoded.length > 4 && Arrays.equals(encoded, 0, 4, PNG, 0, 4) ? ".png" : ".jpg";
    }
}
