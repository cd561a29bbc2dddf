package org.facemill.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.facemill.cli.Run;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where commands may write: shown by those that need no network. */
class ResultsTest {

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void makeADataset() throws IOException {
        data = folder.resolve("data");
        for (String name : new String[] {"ann/0", "ann/1", "bob/0", "bob/1"}) {
            Images.writePng(data.resolve(name + ".png"), new RgbImage(112, 112, new byte[112 * 112 * 3]));
        }
        Files.createSymbolicLink(folder.resolve("link"), data);
        Files.createSymbolicLink(folder.resolve("link-to-ann"), data.resolve("ann"));
    }

    @Command
    private static final class Downloading {
        @Mixin
        private final Results results = new Results();

        @Option(names = "--state")
        private Path state;
    }

    @Test
    void aFolderInTheSystemsStateIsAPlaceForResults() {
        Downloading command = new Downloading();
        new CommandLine(command).parseArgs("--state", folder.toString());

        assertThatCode(() -> command.results.requireApart(folder.resolve("results/run")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data",
                "data/",
                "./data/../data",
                "data/out",
                "data/ann/deep/out",
                "link",
                "link/out",
                "link-to-ann/../out",
                ".",
                "new/..",
                "data/../../"
            })
    void aResultInOnOrAroundWhatIsReadIsRefusedBeforeAnythingIsWritten(String out) throws IOException {
        for (String command : new String[] {"export", "align", "evaluate", "embed"}) {
            long before = files();

            Run run = command.equals("export")
                    ? Run.facemill(command, data.toString(), "--format", "folder", "--out", folder + "/" + out)
                    : Run.facemill(command, data.toString(), "--out", folder + "/" + out);

            assertThat(run.exitCode()).as(command + run.err()).isEqualTo(2);
            assertThat(run.err().lines()).singleElement().asString().contains("apart from it");
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void aFolderThatOnlyBeginsWithTheSameLettersIsApart() {
        assertThat(export("data-packed").exitCode()).isZero();
    }

    @Test
    void theSameCommandGoesOnInItsFolder() {
        paint("out", "1");

        assertThat(paint("out", "1").exitCode()).isZero();
    }

    @Test
    void otherParametersAreRefusedByName() {
        paint("out", "1");

        Run run = paint("out", "2");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("out: holds results of `facemill paint` with other parameters (--seed was 1, now 2)");
    }

    @Test
    void anotherCommandIsRefused() {
        paint("out", "1");

        assertThat(export("out").err()).contains("out: holds results of `facemill paint`;", "name a new folder");
    }

    @Test
    void aFolderWithFilesOfUnknownOriginIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/notes.txt"), "mine");

        assertThat(export("out").err()).contains("out: is not empty");
        assertThat(Files.list(folder.resolve("out"))).hasSize(1);
    }

    @Test
    void anInputThatChangedSinceIsOtherParameters() throws IOException {
        export("out");
        Files.setLastModifiedTime(data.resolve("ann/0.png"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(export("out").err()).contains("DIR has changed");
    }

    @Test
    void aCommandThatFailedBeforeItWroteAnythingLeavesTheFolderFree() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Run.facemill(
                "export",
                empty.toString(),
                "--format",
                "folder",
                "--out",
                folder.resolve("out").toString());

        assertThat(export("out").exitCode()).isZero();
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");

        assertThat(export("out").err()).contains("out: is a file");
    }

    private Run export(String out) {
        return Run.facemill(
                "export",
                data.toString(),
                "--format",
                "folder",
                "--out",
                folder.resolve(out).toString());
    }

    private Run paint(String out, String seed) {
        return Run.facemill(
                "paint",
                "--identities",
                "1",
                "--images",
                "1",
                "--seed",
                seed,
                "--out",
                folder.resolve(out).toString());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.count();
        }
    }
}
