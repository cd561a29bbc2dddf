package org.facemill.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckTest {

    private static final Path CONTRACT = Path.of(
            "..", "..", "lib", "contracts", "src", "main", "java", "org", "facemill", "contracts", "package-info.java");

    @ParameterizedTest
    @EnumSource(Check.class)
    void aCheckNamesASentenceThatTheContractHas(Check check) throws IOException {
        String[] lists = Files.readString(CONTRACT).split("<ol>");
        String[] sentence = check.sentence().split(" ");
        int numbered = lists[sentence[0].equals("guarantee") ? 1 : 2].split("</ol>")[0].split("<li>").length - 1;

        assertThat(sentence[0]).isIn("guarantee", "duty");
        assertThat(Integer.parseInt(sentence[1])).isBetween(1, numbered);
    }
}
