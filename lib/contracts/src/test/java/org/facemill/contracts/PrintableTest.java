package org.facemill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void controlAndFormatCharactersAreEscaped() {
        assertThat(Printable.of("run\n\u001b[31mred\u0000\u202ereversed\u2028\ud800"))
                .isEqualTo("run\\u000a\\u001b[31mred\\u0000\\u202ereversed\\u2028\\ud800");
    }

    @Test
    void whatCanBePrintedStaysAsItIs() {
        assertThat(Printable.of("Müller 模型 😀 \\n")).isEqualTo("Müller 模型 😀 \\n");
    }

    @Test
    void veryLongTextIsCut() {
        assertThat(Printable.of("x".repeat(3000))).isEqualTo("x".repeat(1997) + "...");
    }

    @Test
    void whatIsCutFitsItsPlaceAndSplitsNoCharacter() {
        assertThat(Printable.of("\n".repeat(9), 12)).isEqualTo("\\u000a\\u0...");
        assertThat(Printable.of("😀😀😀", 5)).isEqualTo("😀...");
        assertThat(Printable.of("😀😀x", 5)).isEqualTo("😀😀x");
    }

    @Test
    void aFailureIsShownWithItsCausesAndNoLineOfItsMessage() {
        Exception failure = new IllegalStateException("a\nb", new IllegalArgumentException("c\rd"));

        assertThat(Printable.of(failure).lines().filter(line -> !line.startsWith("\tat ")))
                .containsExactly(
                        "java.lang.IllegalStateException: a\\u000ab",
                        "Caused by: java.lang.IllegalArgumentException: c\\u000dd");
    }
}
