package org.facemill.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"painted000001", "Aaron_Eckhart", "0", "IMG 0001 (2)", "a.b-c", "O'Neil, J", "a@b", "console"})
    void plainNamesStayAsTheyAre(String name) {
        assertThat(FileNames.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "anna/0001, anna%2F0001",
        "李, %E6%9D%8E",
        "100%, 100%25",
        ".., %2E%2E",
        ".hidden, %2Ehidden",
        "ends., ends%2E",
        "con, %63on",
        "Aux.1, %41ux.1",
        "@eaDir, %40eaDir",
        "Thumbs.db, %54humbs.db",
        "a~b, a%7Eb",
        "'', %"
    })
    void otherNamesAreEncodedAsInUrls(String name, String file) {
        assertThat(FileNames.of(name)).isEqualTo(file);
    }

    @Test
    void namesThatDifferInAnyWayAreFilesOfTheirOwn() {
        Set<String> names = hostileNames();

        Map<String, String> files = FileNames.of(names);

        assertThat(files).containsOnlyKeys(names);
        assertThat(lower(files.values())).doesNotHaveDuplicates();
        assertThat(files.values()).allSatisfy(FileNamesTest::isSafe);
    }

    @Test
    void namesGivenOneByOneDifferLetterByLetter() {
        Set<String> names = hostileNames();

        assertThat(names.stream().map(FileNames::of)).doesNotHaveDuplicates().hasSize(names.size());
    }

    @Test
    void everyNameCanBeWritten(@TempDir Path folder) throws IOException {
        Set<String> names = hostileNames();

        for (String file : FileNames.of(names).values()) {
            Files.createFile(folder.resolve(file + ".png"));
        }

        assertThat(folder.toFile().list()).hasSameSizeAs(names);
    }

    @Test
    void ofNamesThatDifferInCaseTheOneWithoutCapitalsKeepsItsOwn() {
        Map<String, String> files = FileNames.of(List.of("Bob", "bob", "Anna"));

        assertThat(files)
                .containsEntry("bob", "bob")
                .containsEntry("Anna", "Anna")
                .hasEntrySatisfying("Bob", file -> assertThat(file).matches("Bob~[0-9a-f]{32}"));
    }

    @Test
    void aFilesResultIsCalledAsItIsWithoutItsSuffix() {
        assertThat(FileNames.ofFiles(List.of("a/1.png", "a/2.jpeg", "b/1.v2.png", ".png")))
                .containsEntry("a/1.png", "a/1")
                .containsEntry("a/2.jpeg", "a/2")
                .containsEntry("b/1.v2.png", "b/1.v2");
    }

    @Test
    void filesThatDifferInTheirSuffixKeepIt() {
        assertThat(FileNames.ofFiles(List.of("a/1.png", "a/1.jpg", "b/1.png", "a/1.jpg.png")))
                .containsExactly(
                        Map.entry("a/1.png", "a/1.png"),
                        Map.entry("a/1.jpg", "a/1.jpg"),
                        Map.entry("b/1.png", "b/1"),
                        Map.entry("a/1.jpg.png", "a/1.jpg.png"));
    }

    @Test
    void filesThatDifferInAnyWayHaveResultsOfTheirOwn() {
        Set<String> paths = new LinkedHashSet<>();
        for (String name : hostileNames()) {
            paths.add("x/" + name.replace('/', '_') + ".png");
            paths.add("X/" + name.replace('/', '_') + ".png");
            paths.add("x/" + name.replace('/', '_') + ".PNG");
            paths.add("x/" + name.replace('/', '_') + ".png.jpg");
        }

        Map<String, String> results = FileNames.ofFiles(paths);

        assertThat(results).containsOnlyKeys(paths);
        assertThat(lower(results.values())).doesNotHaveDuplicates();
    }

    private static void isSafe(String file) {
        assertThat(file)
                .matches("[ -~]{1,180}")
                .doesNotContainPattern("[\"*/:<>?\\\\|]")
                .doesNotMatch(".*[. ]");
        assertThat(SystemFiles.isSystem(file)).isFalse();
    }

    private static List<String> lower(Collection<String> files) {
        return files.stream().map(file -> file.toLowerCase(Locale.ROOT)).collect(Collectors.toList());
    }

    /** Seeded mixtures of what file systems, locales and this mapping itself treat in a special way. */
    private static Set<String> hostileNames() {
        List<String> parts = List.of(
                "a",
                "A",
                "1",
                "01",
                ".",
                "..",
                "/",
                "\\",
                ":",
                "%",
                "%2F",
                "~",
                "_",
                " ",
                "\0",
                "\n",
                "李",
                "é",
                "e\u0301",
                "İ",
                "\uD83D\uDE00",
                "\uD83D",
                "\uDC80",
                "CON",
                "nul",
                "@eaDir",
                "Thumbs.db",
                "x".repeat(200),
                "X".repeat(200));
        Random random = new Random(7);
        Set<String> names = new LinkedHashSet<>(parts);
        names.add("");
        while (names.size() < 3000) {
            List<String> chosen = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                chosen.add(parts.get(random.nextInt(parts.size())));
            }
            names.add(String.join("", chosen));
        }
        return names;
    }
}
