package org.facemill.datasets.files;

import java.util.Comparator;

/**
 * Paths in the order that people count in: part by part between slashes, numbers within names by their value, so that
 * {@code 2} comes before {@code 10}; all else by character.
 */
public enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, j);
                int order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else {
                int order = Integer.compare(rank(a.charAt(i++)), rank(b.charAt(j++)));
                if (order != 0) {
                    return order;
                }
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    /** Digits only, of any length. */
    private static int compareNumbers(String a, String b) {
        String valueA = a.replaceFirst("^0+", "");
        String valueB = b.replaceFirst("^0+", "");
        int order = Integer.compare(valueA.length(), valueB.length());
        return order != 0 ? order : valueA.compareTo(valueB);
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A folder's content comes before a folder whose name goes on. */
    private static int rank(char c) {
        return c == '/' ? -1 : c;
    }
}
