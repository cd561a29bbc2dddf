package org.facemill.contracts;

/** Text of unknown origin, made fit for logs, terminals and reasons: one line, without control characters. */
public final class Printable {

    private static final int LONGEST = 2000;
    private static final String CUT = "...";

    private Printable() {}

    /** The text with control and format characters escaped as in JSON, cut where it is very long. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** The same, of so many characters at most. */
    public static String of(String text, int longest) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(longest + 1L).forEach(c -> append(printable, c));
        if (printable.length() <= longest) {
            return printable.toString();
        }
        int kept = longest - CUT.length();
        return printable.substring(0, Character.isHighSurrogate(printable.charAt(kept - 1)) ? kept - 1 : kept) + CUT;
    }

    /** A failure with its causes and where they were thrown, a line each. */
    public static String of(Throwable failure) {
        StringBuilder trace = new StringBuilder(of(failure.toString()));
        for (StackTraceElement frame : failure.getStackTrace()) {
            trace.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        return failure.getCause() == null
                ? trace.toString()
                : trace + System.lineSeparator() + "Caused by: " + of(failure.getCause());
    }

    private static void append(StringBuilder printable, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                new String(Character.toChars(c))
                        .chars()
                        .forEach(unit -> printable.append(String.format("\\u%04x", unit)));
            default -> printable.appendCodePoint(c);
        }
    }
}
