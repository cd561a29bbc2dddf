package org.facemill.evaluation.report;

import java.util.List;

/** Comma-separated values, RFC 4180, in lines that end with a line feed. */
final class Csv {

    private Csv() {}

    /** Text, quoted where it must be. */
    static String cell(String text) {
        return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** A number in full precision; empty where it is not defined. */
    static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
