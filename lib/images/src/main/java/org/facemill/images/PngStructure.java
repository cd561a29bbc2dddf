package org.facemill.images;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

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
     * Reads a file to its end mark. Its content is what bears on the pixels: texts go because a decoder inflates them without
     * bound, a profile because decoders pass over it; what follows the end mark goes too.
     *
     * @throws ImageException if a chunk is cut off or its checksum is wrong
     */
    static EncodedPicture read(byte[] file, String name) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.writeBytes(SIGNATURE);
        Orientation orientation = Orientation.UPRIGHT;
        Optional<byte[]> profile = Optional.empty();
        int at = SIGNATURE.length;
        while (file.length - at >= 12) {
            int length = ByteBuffer.wrap(file).getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                break;
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            requireChecksum(file, at, length, type, name);
            byte[] data = Arrays.copyOfRange(file, at + 8, at + 8 + length);
            if (ESSENTIAL.contains(type)) {
                kept.write(file, at, length + 12);
            } else if (type.equals("eXIf")) {
                orientation = Exif.orientation(data);
            } else if (type.equals("iCCP")) {
                profile = profile(data);
            }
            at += length + 12;
            if (type.equals("IEND")) {
                return new EncodedPicture(kept.toByteArray(), orientation, profile);
            }
        }
        throw new ImageException(
                name + ": truncated PNG, " + file.length + " bytes without an end mark; write it again");
    }

    private static void requireChecksum(byte[] file, int at, int length, String type, String name) {
        CRC32 crc = new CRC32();
        crc.update(file, at + 4, length + 4);
        if ((int) crc.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
            throw new ImageException(
                    name + ": damaged PNG, wrong checksum in chunk " + type + " at byte " + at + "; write it again");
        }
    }

    /** Name, a zero, the method of compression, and the compressed profile; none if it is damaged or too large. */
    private static Optional<byte[]> profile(byte[] chunk) {
        int compressed = 0;
        while (compressed < chunk.length && chunk[compressed] != 0) {
            compressed++;
        }
        compressed += 2;
        if (compressed > chunk.length) {
            return Optional.empty();
        }
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(chunk, compressed, chunk.length - compressed))) {
            byte[] profile = in.readNBytes(ColourProfile.MAX_BYTES + 1);
            return profile.length > ColourProfile.MAX_BYTES ? Optional.empty() : Optional.of(profile);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
