package org.facemill.tensor;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Values as the text lines of pickle's protocols 0 and 1 have them. */
final class PickleText {

    private static final int LONGEST_NUMBER = 400;

    private PickleText() {}

    /** {@code 01} and {@code 00} are True and False; else a Long. */
    static Object integer(String line) {
        return switch (line) {
            case "01" -> Boolean.TRUE;
            case "00" -> Boolean.FALSE;
            default -> number(line);
        };
    }

    /** Python's long, whose digits an L may follow: a Long, or a BigInteger where it is too large for one. */
    static Number number(String line) {
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (digits.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("a number of " + digits.length() + " digits");
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    static double real(String line) {
        return switch (line) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(line);
        };
    }

    /** What Python 2 shows of a str: quoted, with escapes. One character of the result is one byte. */
    static String string(String line) {
        char quote = line.isEmpty() ? 0 : line.charAt(0);
        if (line.length() < 2 || quote != '\'' && quote != '"' || line.charAt(line.length() - 1) != quote) {
            throw new IllegalArgumentException("text without quotes");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < line.length() - 1; i++) {
            char c = line.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = line.charAt(++i);
            if (escaped == 'x') {
                text.append((char) Integer.parseInt(line.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                text.append(unescaped(escaped));
            }
        }
        return text.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '\'', '"' -> c;
            default -> throw new IllegalArgumentException("text with the unknown escape \\" + c);
        };
    }

    /**
     * Python's raw-unicode-escape: Latin-1, in which a backslash with {@code u} or {@code U} and four or eight hexadecimal digits
     * is any other character.
     */
    static String unicode(byte[] line) {
        String raw = new String(line, StandardCharsets.ISO_8859_1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char kind = raw.charAt(i) == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
            if (kind == 'u' || kind == 'U') {
                int digits = kind == 'u' ? 4 : 8;
                text.appendCodePoint(Integer.parseInt(raw.substring(i + 2, i + 2 + digits), 16));
                i += 1 + digits;
            } else {
                text.append(raw.charAt(i));
            }
        }
        return text.toString();
    }
}
