package org.facemill.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that are no Java: where one is missing its tests are skipped, in CI they fail. */
final class Tools {

    private Tools() {}

    /** Runs a program of the path; fails with what it said unless it ends well. Returns what it said. */
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place).resolve(command[0]))
                .filter(Files::isExecutable)
                .findFirst();
        require(program.isPresent(), command[0] + " is not installed");
        Path said = Files.createTempFile("tool", ".log");
        try {
            int end = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            assertThat(end).as("%s", Files.readString(said)).isZero();
            return Files.readString(said);
        } finally {
            Files.delete(said);
        }
    }

    /** Skips a test, or fails it in CI, unless what it needs is there. */
    static void require(boolean there, String what) {
        if (!there && System.getenv("CI") == null) {
            Assumptions.abort("skipped: " + what);
        }
        assertThat(there).as(what).isTrue();
    }
}
