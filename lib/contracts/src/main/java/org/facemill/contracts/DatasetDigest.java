package org.facemill.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of a dataset, independent of its format: SHA-256 over one line per image, sorted by ordinal and image
 * number. A line is {@code <ordinal> <image> <SHA-256 of the image's decoded RGB pixels>\n} in ASCII, numbers in
 * decimal, hashes in lower-case hexadecimal.
 *
 * <p>The pixel hash covers width and height as 4-byte big-endian integers, then the pixels row by row as R, G, B bytes.
 */
public final class DatasetDigest {

    /** One image of a dataset. */
    public record Line(long ordinal, int image, String pixelSha256) {}

    private DatasetDigest() {}

    /** The digest, in lower-case hexadecimal, of images given in any order. */
    public static String of(Collection<Line> images) {
        MessageDigest sha256 = sha256();
        List<Line> sorted = images.stream()
                .sorted(Comparator.comparingLong(Line::ordinal).thenComparingInt(Line::image))
                .toList();
        for (Line line : sorted) {
            String text = line.ordinal() + " " + line.image() + " " + line.pixelSha256() + "\n";
            sha256.update(text.getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** SHA-256 of bytes, in lower-case hexadecimal: the hash of every {@link ObjectRef}. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
