package org.facemill.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A line of fields in a text file. They are separated by tabs, or by white space where there is no tab in the line.
 *
 * @param line its number, from 1
 */
record TextLine(Path file, int line, String text) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * The lines of a file in UTF-8, with or without a byte order mark, ended as on any system; without blank ones.
     *
     * @throws DatasetException if it cannot be read, or is in another encoding
     */
    static List<TextLine> read(Path file) {
        List<TextLine> lines = new ArrayList<>();
        int number = 0;
        for (String text : text(file).lines().toList()) {
            number++;
            if (!text.isBlank()) {
                lines.add(new TextLine(file, number, text));
            }
        }
        return lines;
    }

    private static String text(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read (" + e + ")", e);
        }
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        if (latin.startsWith("\u00FF\u00FE") || latin.startsWith("\u00FE\u00FF") || latin.indexOf(0) >= 0) {
            throw new DatasetException(file + ": text in UTF-16, expected UTF-8; convert it, for example with"
                    + " `iconv -f UTF-16 -t UTF-8`");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            String wrong = latin.lines().filter(TextLine::isNoUtf8).findFirst().orElseThrow();
            throw new DatasetException(
                    file + ": '" + wrong + "' is no text in UTF-8; if it is Latin-1, convert the file, for example with"
                            + " `iconv -f LATIN1 -t UTF-8`",
                    e);
        }
    }

    private static boolean isNoUtf8(String latin) {
        String text = new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.contains("\uFFFD");
    }

    List<String> fields() {
        return Stream.of(text.strip().split(text.contains("\t") ? "\t" : "\\s+"))
                .map(String::strip)
                .toList();
    }

    /** The number in a field, counted from 0. */
    int number(int field) {
        try {
            return Integer.parseInt(fields().get(field));
        } catch (NumberFormatException e) {
            throw wrong("'" + fields().get(field) + "' is no number");
        }
    }

    String where() {
        return file + ", line " + line;
    }

    DatasetException wrong(String reason) {
        return new DatasetException(where() + ": `" + text.strip() + "`: " + reason);
    }
}
