package org.facemill.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG file (ISO/IEC 15948), checked one by one without decoding any. */
final class PngStructure {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", "IDAT", "tRNS", "IEND");

    private PngStructure() {}

    static boolean matches(byte[] file) {
        return file.length >= SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /**
     * The file without what does not bear on its pixels. Texts and profiles go because a decoder inflates them without
     * bound; what follows the end mark goes too.
     *
     * @throws ImageException if a chunk is cut off or its checksum is wrong
     */
    static byte[] essential(byte[] file, String name) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.writeBytes(SIGNATURE);
        int at = SIGNATURE.length;
        while (file.length - at >= 12) {
            int length = ByteBuffer.wrap(file).getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                break;
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, length + 4);
            if ((int) crc.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
                throw new ImageException(name + ": damaged PNG, wrong checksum in chunk " + type + " at byte " + at
                        + "; write it again");
            }
            if (ESSENTIAL.contains(type)) {
                kept.write(file, at, length + 12);
            }
            at += length + 12;
            if (type.equals("IEND")) {
                return kept.toByteArray();
            }
        }
        throw new ImageException(
                name + ": truncated PNG, " + file.length + " bytes without an end mark; write it again");
    }
}
