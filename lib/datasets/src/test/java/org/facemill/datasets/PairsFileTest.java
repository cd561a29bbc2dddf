package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsFileTest {

    private static final String GENUINE = "anna\t1\t2\n";
    private static final String IMPOSTOR = "anna\t1\tJan van B\t2\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void twoPeopleWithThreePictures() throws IOException {
        for (String person : List.of("anna", "Jan van B", "Zoé")) {
            Files.createDirectory(folder.resolve(person));
            for (int i = 1; i <= 3; i++) {
                Files.createFile(folder.resolve(person).resolve(person + "_000" + i + (i == 3 ? ".jpg" : ".png")));
            }
        }
    }

    @Test
    void tenFoldsOfLfwsFormAreReadFoldByFold() throws IOException {
        List<PairsFile.Pair> pairs = read("10\t1\n" + (GENUINE + IMPOSTOR).repeat(10));

        assertThat(pairs).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(pairs.get(i).same()).isEqualTo(i % 2 == 0);
        }
        assertThat(pairs.get(1).second()).isEqualTo(folder.resolve("Jan van B/Jan van B_0002.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "1\t10", "2 5", "5\t2\t"})
    void otherNumbersOfFoldsAreReadAsTen(String header) throws IOException {
        List<PairsFile.Pair> pairs = read(header + "\n" + GENUINE.repeat(10) + IMPOSTOR.repeat(10));

        assertThat(pairs.subList(0, 2)).extracting(PairsFile.Pair::same).containsExactly(true, false);
        assertThat(pairs).hasSize(20);
    }

    @Test
    void blanksSeparateWhereThereIsNoTab() throws IOException {
        assertThat(read("10 \n" + "anna 1 2\n".repeat(10) + " anna  1   anna 3 \n".repeat(10)))
                .hasSize(20);
    }

    @Test
    void pathsAndALabelMakeAPairWithOrWithoutSuffix() throws IOException {
        List<PairsFile.Pair> pairs = read("anna/anna_0001.png anna/anna_0003.jpg 1\n".repeat(10)
                + "anna/anna_0001 anna/anna_0003 0\n".repeat(10));

        assertThat(pairs)
                .hasSize(20)
                .allSatisfy(pair -> assertThat(pair.second()).isEqualTo(folder.resolve("anna/anna_0003.jpg")));
        assertThat(pairs.subList(0, 2)).extracting(PairsFile.Pair::same).containsExactly(true, false);
    }

    @Test
    void aByteOrderMarkOtherLineEndsAndBlankLinesChangeNothing() throws IOException {
        String text = "10\t1\n" + (GENUINE + IMPOSTOR).repeat(10);

        assertThat(read("\uFEFF" + text.replace("\n", "\r\n") + "\r\n \r\n")).isEqualTo(read(text));
        assertThat(read(text.strip())).isEqualTo(read(text));
    }

    @Test
    void namesBeyondAsciiAreReadInUtf8() throws IOException {
        assertThat(read("10\n" + "Zoé\t1\t2\n".repeat(10) + "Zoé\t1\tanna\t2\n".repeat(10)))
                .hasSize(20);
    }

    @Test
    void aListThatWasCutOffIsRefused() throws IOException {
        refused(
                "10\t300\n" + GENUINE.repeat(12) + IMPOSTOR.repeat(12),
                "line 1: its first line announces 3000 genuine pairs and as many impostor pairs, 12 and 12 follow; was"
                        + " it cut off?");
    }

    @Test
    void aListOfLfwsFormWithoutItsFirstLineIsRefused() throws IOException {
        refused(
                GENUINE.repeat(12) + IMPOSTOR.repeat(12),
                "line 1: `anna\t1\t2`: expected `path path label`",
                "begins with a line of the numbers of its folds and pairs, such as `10 300`");
    }

    @Test
    void whatIsNoNumberNoLabelOrNoPairIsNamedByItsLine() throws IOException {
        refused("10\n" + GENUINE + "anna\tone\t2\n", "line 3: `anna\tone\t2`: 'one' is no number");
        refused("10\n\n" + "Jan van B 1 2 3\n", "line 3: `Jan van B 1 2 3`: expected `name i j`");
        refused("anna/anna_0001 anna/anna_0002 2\n", "line 1", "expected `path path label`");
        refused("10\n" + "anna\t1\t99999999999\n", "'99999999999' is no number");
    }

    @Test
    void aPictureThatIsNotThereIsNamedByItsLine() throws IOException {
        refused("10\n" + GENUINE + "anna\t1\t4\n", "line 3: `anna\t1\t4`: no picture anna/anna_0004 in " + folder);
        refused("anna/anna_0001 anna/x.png 1\n", "line 1", "no picture anna/x.png in " + folder);
        refused("10\n" + "nobody\t1\t4\n", "no picture nobody/nobody_0001");
    }

    @Test
    void aPictureInTwoFormatsIsAmbiguous() throws IOException {
        Files.createFile(folder.resolve("anna/anna_0001.jpg"));

        refused("10\n" + GENUINE, "both anna/anna_0001.jpg and anna/anna_0001.png are there; which one is meant?");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        String text = "10\n" + "Zoé\t1\t2\n".repeat(10);

        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(folder.resolve("pairs.txt"), text.getBytes(charset));
            assertRefused("text in UTF-16, expected UTF-8; convert it, for example with `iconv -f UTF-16 -t UTF-8`");
        }
        Files.write(folder.resolve("pairs.txt"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("'Zoé\t1\t2' is no text in UTF-8; if it is Latin-1, convert the file");
    }

    @Test
    void fewerThanTenPairsOfAKindAreTooFew() throws IOException {
        refused(
                "3\n" + GENUINE.repeat(3) + IMPOSTOR.repeat(3),
                "3 genuine and 3 impostor pairs; verification wants at least 10");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        refused("", "an empty file, no list of pairs");
    }

    private List<PairsFile.Pair> read(String text) throws IOException {
        Files.writeString(folder.resolve("pairs.txt"), text);
        return PairsFile.read(folder.resolve("pairs.txt"), folder);
    }

    private void refused(String text, String... messages) throws IOException {
        Files.writeString(folder.resolve("pairs.txt"), text);
        assertRefused(messages);
    }

    private void assertRefused(String... messages) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> PairsFile.read(folder.resolve("pairs.txt"), folder))
                .satisfies(e ->
                        assertThat(e.getMessage()).startsWith(folder.toString()).contains(messages));
    }
}
