package org.facemill.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The markers of a JPEG file (ITU-T T.81, annex B), walked without decoding. */
final class JpegStructure {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    /** A stretch of the file that the decoder is given; of a profile, where its number among others says so. */
    private record Span(int from, int to, boolean isProfile) {}

    private final byte[] file;
    private final String name;
    private final List<Span> spans = new ArrayList<>();
    private final SortedMap<Integer, byte[]> profile = new TreeMap<>();
    private Optional<Orientation> orientation = Optional.empty();
    private int components;

    private JpegStructure(byte[] file, String name) {
        this.file = file;
        this.name = name;
    }

    static boolean matches(byte[] file) {
        return file.length >= 3 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8 && file[2] == (byte) 0xFF;
    }

    /**
     * Reads a file to its end mark; decoders fill up what is missing with grey. Bytes between markers that belong to none are
     * left out, as libjpeg passes over them.
     *
     * @throws ImageException if there is no end mark
     */
    static EncodedPicture read(byte[] file, String name) {
        return new JpegStructure(file, name).read();
    }

    private EncodedPicture read() {
        spans.add(new Span(0, 2, false));
        int at = 2;
        while (true) {
            at = nextMarker(at);
            int marker = file[at + 1] & 0xFF;
            int end = endOfSegment(at, marker);
            boolean isProfile =
                    note(marker, Arrays.copyOfRange(file, Math.min(at + 4, end), Math.min(end, file.length)));
            spans.add(new Span(at, end, isProfile));
            if (marker == END_OF_IMAGE) {
                return picture();
            }
            at = end;
        }
    }

    /** Where the next marker is: a byte of ones and one that is neither of ones nor of zeros. */
    private int nextMarker(int from) {
        for (int at = from; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xFF && file[at + 1] != (byte) 0xFF && file[at + 1] != 0) {
                return at;
            }
        }
        throw truncated();
    }

    private int endOfSegment(int at, int marker) {
        if (standsAlone(marker)) {
            return at + 2;
        }
        if (at + 3 >= file.length) {
            throw truncated();
        }
        int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
        if (end < at + 4 || end > file.length) {
            throw truncated();
        }
        return marker == START_OF_SCAN ? endOfScan(end) : end;
    }

    private int endOfScan(int from) {
        for (int at = from; at + 1 < file.length; at++) {
            int follower = file[at + 1] & 0xFF;
            if (file[at] == (byte) 0xFF && follower != 0 && follower != 0xFF && !isRestart(follower)) {
                return at;
            }
        }
        throw truncated();
    }

    /** Keeps what the segment says; whether it is part of a colour profile. */
    private boolean note(int marker, byte[] segment) {
        if (isFrame(marker) && segment.length > 5) {
            components = segment[5];
        } else if (marker == APP1 && startsWith(segment, EXIF) && orientation.isEmpty()) {
            orientation = Optional.of(Exif.orientation(Arrays.copyOfRange(segment, EXIF.length, segment.length)));
        } else if (marker == APP2 && startsWith(segment, ICC) && segment.length > ICC.length + 2) {
            // the number of this part, the number of parts
            profile.put(segment[ICC.length] & 0xFF, Arrays.copyOfRange(segment, ICC.length + 2, segment.length));
            return true;
        }
        return false;
    }

    /** The profile of a picture of four inks stays where it is: without it the decoder knows no colours. */
    private EncodedPicture picture() {
        boolean isRgb = components == 3;
        ByteArrayOutputStream content = new ByteArrayOutputStream(file.length);
        spans.stream()
                .filter(span -> !isRgb || !span.isProfile())
                .forEach(span -> content.write(file, span.from(), span.to() - span.from()));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        profile.values().forEach(joined::writeBytes);
        return new EncodedPicture(
                content.toByteArray(),
                orientation.orElse(Orientation.UPRIGHT),
                isRgb && !profile.isEmpty() ? Optional.of(joined.toByteArray()) : Optional.empty());
    }

    private ImageException truncated() {
        return new ImageException(
                name + ": truncated or damaged JPEG, " + file.length + " bytes without an end mark; write it again");
    }

    private static boolean startsWith(byte[] segment, byte[] mark) {
        return segment.length >= mark.length && Arrays.equals(segment, 0, mark.length, mark, 0, mark.length);
    }

    /** Start of a frame of any coding; of the markers between, three mean other things. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /** Two bytes without a length. */
    private static boolean standsAlone(int marker) {
        return isRestart(marker) || marker == 0x01 || marker == 0xD8 || marker == END_OF_IMAGE;
    }
}
