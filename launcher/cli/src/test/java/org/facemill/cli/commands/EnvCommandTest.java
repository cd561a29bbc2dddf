package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.facemill.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvCommandTest {

    @TempDir
    private Path state;

    @Test
    void aShellThatEvaluatesItKnowsTheSystem() throws Exception {
        writeInstance();
        Run run = Run.facemill("env", "--state", state.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();

        Process shell = new ProcessBuilder("sh", "-c", "eval \"$1\"; env", "sh", run.out()).start();
        String environment = new String(shell.getInputStream().readAllBytes());

        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(environment.lines())
                .contains(
                        "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1234",
                        "FACEMILL_STORE_URL=http://127.0.0.1:1235",
                        "FACEMILL_STORE_SECRET_KEY=it's secret",
                        "FACEMILL_SERVER=http://127.0.0.1:1236",
                        "FACEMILL_STORE_BUCKET_PREFIX=");
    }

    @Test
    void asJsonTheVariablesKeepTheirNames() throws IOException {
        writeInstance();

        assertThat(Run.facemill("env", "--state", state.toString(), "--json")
                        .json()
                        .at("/variables/KAFKA_BOOTSTRAP_SERVERS")
                        .textValue())
                .isEqualTo("127.0.0.1:1234");
    }

    @Test
    void withoutASystemItSaysHowToStartOne() {
        Run run = Run.facemill("env", "--state", state.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("facemill up");
    }

    /** As if this process were the launcher. */
    private void writeInstance() throws IOException {
        long started =
                ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(state.resolve("instance.json"), """
                {"launcher": {"pid": %d, "started_millis": %d}, "ports": {"context-service": 1236}, "children": [],
                 "endpoints": {"kafka": "127.0.0.1:1234", "store": "http://127.0.0.1:1235",
                               "access_key": "key", "secret_key": "it's secret"}}
                """.formatted(
                        ProcessHandle.current().pid(), started));
    }
}
