package org.facemill.images;

/** The markers of a JPEG file (ITU-T T.81, annex B), walked without decoding. */
final class JpegStructure {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;

    private JpegStructure() {}

    static boolean matches(byte[] file) {
        return file.length >= 3 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8 && file[2] == (byte) 0xFF;
    }

    /**
     * Checks that the file reaches its end mark; decoders fill up what is missing with grey.
     *
     * @throws ImageException if it does not
     */
    static void requireWhole(byte[] file, String name) {
        int at = 2;
        while (at >= 0 && at + 1 < file.length && file[at] == (byte) 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == END_OF_IMAGE) {
                return;
            }
            at = marker == 0xFF ? at + 1 : afterSegment(file, at, marker);
        }
        throw new ImageException(
                name + ": truncated or damaged JPEG, " + file.length + " bytes without an end mark; write it again");
    }

    private static int afterSegment(byte[] file, int at, int marker) {
        if (standsAlone(marker)) {
            return at + 2;
        }
        if (at + 3 >= file.length) {
            return file.length;
        }
        int next = at + 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
        return marker == START_OF_SCAN ? afterScan(file, next) : next;
    }

    private static int afterScan(byte[] file, int at) {
        for (int i = at; i + 1 < file.length; i++) {
            int follower = file[i + 1] & 0xFF;
            if (file[i] == (byte) 0xFF && follower != 0 && follower != 0xFF && !standsAlone(follower)) {
                return i;
            }
        }
        return file.length;
    }

    /** Restart marks and TEM: two bytes without a length. */
    private static boolean standsAlone(int marker) {
        return marker >= 0xD0 && marker <= 0xD7 || marker == 0x01;
    }
}
