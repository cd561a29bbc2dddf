package org.facemill.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made by a shell, so that their names are the bytes that are meant, and listed by a JVM of each locale. */
@DisabledOnOs(OS.WINDOWS)
class FileTreeLocaleTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void namesAreTheSameInEveryLocale(String locale) throws Exception {
        // 李/é.png in UTF-8, and Ü.png in Latin-1
        run(locale, "sh", "-c", "mkdir '" + folder + "'/$(printf '\\346\\235\\216')");
        run(locale, "sh", "-c", "touch '" + folder + "'/$(printf '\\346\\235\\216')/$(printf '\\303\\251').png");
        run(locale, "sh", "-c", "touch '" + folder + "'/$(printf '\\334').png");

        String names = run(
                locale,
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Listing.class.getName(),
                folder.toString());

        assertThat(names.lines()).containsExactlyInAnyOrder("%E6%9D%8E/%C3%A9.png true", "%ED%B3%9C.png true");
    }

    private static String run(String locale, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** Prints the files' names, and whether they are there. */
    static final class Listing {

        private Listing() {}

        public static void main(String[] arguments) {
            List<FileTree.Entry> files = FileTree.below(Path.of(arguments[0]));
            files.forEach(
                    file -> System.out.println(FileNames.ofPath(file.path()) + " " + Files.isReadable(file.file())));
        }
    }
}
