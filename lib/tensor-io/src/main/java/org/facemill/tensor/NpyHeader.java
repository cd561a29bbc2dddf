package org.facemill.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a .npy file: a Python dictionary as numpy of any version writes it, keys in any order, Python 2's long
 * integers and text marked with u or b included.
 *
 * @param descr numpy's type string
 * @param fortranOrder whether the first axis runs fastest
 * @param dataStart where the elements begin in the file
 */
record NpyHeader(String descr, boolean fortranOrder, long[] shape, long dataStart) {

    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    /** @throws TensorFormatException where it is anything else; the message says what */
    static NpyHeader parse(String file, String text, long dataStart) throws TensorFormatException {
        Object value;
        try {
            value = new Parser(text).whole();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new TensorFormatException(
                    file, "numpy header not understood (" + e.getMessage() + "): " + text.strip(), e);
        }
        if (!(value instanceof Map<?, ?> header) || !header.keySet().equals(KEYS)) {
            throw new TensorFormatException(
                    file, "numpy header without the keys descr, fortran_order and shape: " + text.strip());
        }
        if (header.get("descr") instanceof List<?>) {
            throw new TensorFormatException(
                    file,
                    "an array of records (numpy type " + header.get("descr")
                            + "), which no tensor can hold; save its fields as arrays of their own");
        }
        if (!(header.get("descr") instanceof String descr)
                || !(header.get("fortran_order") instanceof Boolean fortranOrder)
                || !(header.get("shape") instanceof List<?> shape)
                || !shape.stream().allMatch(Long.class::isInstance)) {
            throw new TensorFormatException(file, "numpy header not understood: " + text.strip());
        }
        return new NpyHeader(
                descr, fortranOrder, shape.stream().mapToLong(Long.class::cast).toArray(), dataStart);
    }

    /** Python's literals, as far as headers have them. Lists and tuples are Lists, numbers Long. */
    private static final class Parser {

        private static final int MAX_DEPTH = 8;

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Object whole() {
            Object value = value(0);
            if (peek() != 0) {
                throw new IllegalArgumentException("more after its end");
            }
            return value;
        }

        private Object value(int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("nested too deeply");
            }
            char c = peek();
            return switch (c) {
                case '{' -> map(depth);
                case '(' -> list(')', depth);
                case '[' -> list(']', depth);
                case '\'', '"' -> string();
                default -> Character.isDigit(c) || c == '-' ? number() : word();
            };
        }

        private Map<Object, Object> map(int depth) {
            Map<Object, Object> map = new LinkedHashMap<>();
            at++;
            while (!skip('}')) {
                Object key = value(depth + 1);
                expect(':');
                if (map.put(key, value(depth + 1)) != null) {
                    throw new IllegalArgumentException(key + " twice");
                }
                if (peek() != '}') {
                    expect(',');
                }
            }
            return map;
        }

        private List<Object> list(char end, int depth) {
            List<Object> list = new ArrayList<>();
            at++;
            while (!skip(end)) {
                list.add(value(depth + 1));
                if (peek() != end) {
                    expect(',');
                }
            }
            return list;
        }

        private String string() {
            char quote = text.charAt(at++);
            int end = text.indexOf(quote, at);
            if (end < 0) {
                throw new IllegalArgumentException("text without an end");
            }
            String string = text.substring(at, end);
            at = end + 1;
            return string;
        }

        private Long number() {
            int start = at;
            at++;
            while (Character.isDigit(text.charAt(at))) {
                at++;
            }
            long number = Long.parseLong(text.substring(start, at));
            if (text.charAt(at) == 'L') {
                at++;
            }
            return number;
        }

        private Object word() {
            int start = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            return switch (word) {
                case "True" -> true;
                case "False" -> false;
                case "u", "b" -> string();
                default -> throw new IllegalArgumentException("'" + word + "' at character " + start);
            };
        }

        private void expect(char c) {
            if (!skip(c)) {
                throw new IllegalArgumentException("no " + c + " at character " + at);
            }
        }

        private boolean skip(char c) {
            boolean found = peek() == c;
            at += found ? 1 : 0;
            return found;
        }

        /** The next character that is no space; 0 at the end. */
        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }
    }
}
