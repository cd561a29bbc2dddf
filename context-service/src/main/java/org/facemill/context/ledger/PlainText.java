package org.facemill.context.ledger;

/** Text that others sent, fit for a column and for people. */
final class PlainText {

    private PlainText() {}

    /** The text, cut where it is longer, and without control characters, which databases refuse and terminals obey. */
    static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]+", " ").strip();
    }
}
