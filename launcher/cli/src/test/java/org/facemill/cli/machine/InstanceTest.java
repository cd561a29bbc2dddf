package org.facemill.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.facemill.cli.machine.Instance.ProcessId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher that another process stops. */
class InstanceTest {

    private static final Endpoints NOWHERE =
            new Endpoints("127.0.0.1:1", URI.create("http://127.0.0.1:2"), "key", "secret", "");

    @TempDir
    private Path folder;

    /** Holds the lock of a state folder, and ends when it is asked to. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            new State(Path.of(args[0])).lock().orElseThrow();
            System.out.println("held");
            Thread.sleep(600_000);
        }
    }

    @Test
    void aLauncherThatEndsIsStoppedInOrder() throws Exception {
        Process launcher = hold();

        assertThat(instance(launcher).stop(new State(folder))).isTrue();
        assertThat(launcher.waitFor()).isEqualTo(143);
    }

    /** A zombie is listed as alive until its parent takes notice; here the shell never does. */
    @Test
    void aLauncherThatEndedAndWasNotReapedIsStopped() throws Exception {
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$@\" & echo $!; exec sleep 600",
                        "sh",
                        java(),
                        "-cp",
                        classPath(),
                        Holder.class.getName(),
                        folder.toString())
                .start();
        var lines = parent.inputReader();
        long pid = Long.parseLong(lines.readLine());
        assertThat(lines.readLine()).isEqualTo("held");
        ProcessHandle launcher = ProcessHandle.of(pid).orElseThrow();

        assertThat(new Instance(ProcessId.of(launcher), NOWHERE, Map.of(), List.of()).stop(new State(folder)))
                .isTrue();
        assertThat(new State(folder).isFree()).isTrue();
        parent.destroyForcibly().waitFor();
    }

    private Instance instance(Process launcher) {
        return new Instance(ProcessId.of(launcher.toHandle()), NOWHERE, Map.of(), List.of());
    }

    private Process hold() throws Exception {
        Process process =
                new ProcessBuilder(java(), "-cp", classPath(), Holder.class.getName(), folder.toString()).start();
        assertThat(process.inputReader().readLine()).isEqualTo("held");
        return process;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
