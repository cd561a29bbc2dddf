package org.facemill.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmShutdownTest {

    @Test
    void hasBegunForAShutdownHookAndNotBefore() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ending.class.getName())
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly("false", "true");
        assertThat(process.waitFor()).isZero();
    }

    /** A process that prints whether its end has begun: while it runs, and in a shutdown hook. */
    static final class Ending {

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(JvmShutdown.inProgress())));
            System.out.println(JvmShutdown.inProgress());
        }
    }
}
