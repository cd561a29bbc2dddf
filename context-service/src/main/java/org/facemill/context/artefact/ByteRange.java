package org.facemill.context.artefact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object.
 *
 * @param from first byte
 * @param length bytes, at least one
 */
record ByteRange(long from, long length) {

    private static final Pattern HEADER = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * The one range that a Range header asks for (RFC 9110); empty where it asks for none that this size has. Several ranges
     * at once are not served.
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher range = HEADER.matcher(header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(range.group(2)));
            return last == 0 ? Optional.empty() : Optional.of(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to - from + 1));
    }

    /** As Content-Range says it. */
    String of(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
