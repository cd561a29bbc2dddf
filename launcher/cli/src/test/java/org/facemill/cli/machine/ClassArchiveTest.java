package org.facemill.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ClassArchiveTest {

    /** A program whose one class can be archived. */
    public static final class Greeter {
        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    @TempDir
    private Path folder;

    private Path jar;
    private Path file;

    @BeforeEach
    void packGreeter() throws IOException {
        jar = folder.resolve("greeter.jar");
        file = folder.resolve("classes.jsa");
        String entry = Greeter.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Greeter.class.getClassLoader().getResourceAsStream(entry);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            packed.putNextEntry(new JarEntry(entry));
            in.transferTo(packed);
        }
    }

    @Test
    void aStartAfterAnOrderlyEndTakesItsClassesFromTheArchive() throws Exception {
        ClassArchive archive = new ClassArchive(file, List.of(jar));
        String first = run(archive);
        archive.keep(0);

        String second = run(archive);

        assertThat(first).contains("hello").contains(Greeter.class.getName() + " source: file:");
        assertThat(second).contains("hello").contains(Greeter.class.getName() + " source: shared objects file (top)");
    }

    @Test
    void whoIsToldOfTheSameEndTwiceKeepsItOnce() throws Exception {
        ClassArchive archive = new ClassArchive(file, List.of(jar));
        run(archive);

        archive.keep(143);
        archive.keep(143);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(jar, file);
        }
    }

    @Test
    void whatAKilledProgramLeftIsNotKept() throws Exception {
        ClassArchive archive = new ClassArchive(file, List.of(jar));
        run(archive);

        archive.keep(137);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(jar);
        }
    }

    @Test
    void aNewerJarMakesANewArchive() throws Exception {
        ClassArchive archive = new ClassArchive(file, List.of(jar));
        run(archive);
        archive.keep(143);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(archive.flags()).anyMatch(flag -> flag.startsWith("-XX:ArchiveClassesAtExit="));
    }

    private String run(ClassArchive archive) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive.flags());
        command.addAll(List.of("-Xlog:class+load", "-cp", jar.toString(), Greeter.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
