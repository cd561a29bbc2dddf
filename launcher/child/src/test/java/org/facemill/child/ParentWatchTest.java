package org.facemill.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

public class ParentWatchTest {

    /** A child that would run for minutes. */
    public static final class Sleeper {
        public static void main(String[] args) throws InterruptedException {
            System.out.println("sleeping");
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        }
    }

    /** A parent that dies without a word while its child sleeps; prints the child's process id. */
    public static final class Parent {
        public static void main(String[] args) throws IOException {
            Process child = start(Sleeper.class);
            child.getInputStream().read();
            System.out.println(child.pid());
            System.out.flush();
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void aChildEndsWhenItsInputIsClosed() throws Exception {
        Process child = start(Sleeper.class);
        child.getInputStream().read();
        assertThat(child.isAlive()).isTrue();

        child.getOutputStream().close();

        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    @Test
    void aChildEndsWhenItsParentIsKilled() throws Exception {
        Process parent = start(Parent.class);
        long pid = Long.parseLong(new String(parent.getInputStream().readAllBytes()).strip());

        ProcessHandle.of(pid)
                .ifPresent(
                        child -> child.onExit().orTimeout(2, TimeUnit.MINUTES).join());

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static Process start(Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentWatch.class.getName(),
                        main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
