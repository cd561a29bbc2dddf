package org.facemill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.painter.FacePainter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say where nothing can be written; a file system of a few kilobytes where one may be mounted. */
class FullDiskTest {

    @TempDir
    private Path folder;

    private Path disk;
    private Path pictures;

    @BeforeEach
    void fillADisk() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        pictures = folder.resolve("pictures");
        for (int identity = 0; identity < 2; identity++) {
            for (int image = 0; image < 2; image++) {
                Images.writePng(
                        pictures.resolve(identity + "/" + image + ".png"),
                        Images.resizeBilinear(
                                new FacePainter()
                                        .paint(Noise.unitVector(7, identity, 512), 7, identity, image)
                                        .image(),
                                112,
                                112));
            }
        }
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", disk.toString()), "no rights to mount");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("paint", "--identities", "2", "--images", "2"),
                List.of("align", "PICTURES"),
                List.of("embed", "PICTURES"),
                List.of("export", "PICTURES", "--format", "FOLDER"),
                List.of("export", "PICTURES", "--format", "RECORDIO"),
                List.of("export", "PICTURES", "--format", "TFRECORD"),
                List.of("export", "PICTURES", "--format", "WEBDATASET"),
                List.of("evaluate", "PICTURES"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFullDiskIsNamedWithTheFileThatDidNotFit(List<String> command) {
        Run run = write(command, disk.resolve("out"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(lastLine(run)).contains(disk.resolve("out").toString()).contains("No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embeddings.npz", "embeddings.npy"})
    void oneFileIsNamedAndNoPartOfItIsLeft(String name) throws IOException {
        Files.write(disk.resolve("other"), new byte[8 << 10 >> 1]);
        Run run = write(List.of("embed", "PICTURES"), disk.resolve(name));

        assertThat(run.exitCode()).isEqualTo(run.err().contains("No space") ? 1 : 0);
        assertThat(disk.resolve(name + ".partial")).doesNotExist();
    }

    @Test
    void aFolderInPlaceOfTheFileIsNamed() throws IOException {
        Path target = Files.createDirectories(folder.resolve("e.npz/x")).getParent();

        Run run = write(List.of("embed", "PICTURES"), target);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(target + ": is a folder, name a file");
    }

    @Test
    void aDiskThatCannotBeWrittenIsNamed() throws Exception {
        assumeTrue(run("mount", "-o", "remount,ro", disk.toString()));

        Run run = write(List.of("paint", "--identities", "1", "--images", "1"), disk.resolve("out"));

        assertThat(lastLine(run)).contains(disk.resolve("out") + ": Read-only file system");
    }

    @Test
    void aNameThatIsTooLongIsNamed() {
        Path out = folder.resolve("x".repeat(300));

        Run run = write(List.of("paint", "--identities", "1", "--images", "1"), out);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(lastLine(run)).contains(out + ": File name too long");
    }

    private Run write(List<String> command, Path out) {
        List<String> arguments = new ArrayList<>(command);
        arguments.replaceAll(word -> word.equals("PICTURES") ? pictures.toString() : word);
        arguments.addAll(List.of("--out", out.toString()));
        return Run.facemill(arguments.toArray(String[]::new));
    }

    private static String lastLine(Run run) {
        String[] lines = run.err().strip().split("\\R");
        return lines[lines.length - 1];
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
