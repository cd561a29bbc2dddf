package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.facemill.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    private Path state;

    @Test
    void withoutASystemTheMachineIsLookedAt() throws IOException {
        Run run = Run.facemill("doctor", "--state", state.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("facemill up");
        Map<String, JsonNode> findings = findings(run);
        assertThat(findings)
                .containsOnlyKeys("java", "memory", "disk", "libtorch", "packed bf16", "gpu", "idle threads");
        assertThat(findings.get("libtorch").path("found").asText()).contains("native thread");
    }

    @Test
    void ofASystemThatDoesNotAnswerItSaysWhatToDo() throws IOException {
        writeInstance(1);

        Run run = Run.facemill("doctor", "--state", state.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("bad +broker +no answer from 127.0.0.1:1")
                .contains("KAFKA_BOOTSTRAP_SERVERS")
                .containsPattern("bad +store +no answer from http://127.0.0.1:1")
                .contains("FACEMILL_STORE_URL")
                .doesNotContain("top secret");
    }

    @Test
    void aStoreThatRefusesTheKeysIsToldApartFromOneThatIsNotThere() throws IOException {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        store.start();
        try {
            writeInstance(store.getAddress().getPort());

            Map<String, JsonNode> findings = findings(Run.facemill("doctor", "--state", state.toString(), "--json"));

            assertThat(findings.get("store").path("grade").asText()).isEqualTo("bad");
            assertThat(findings.get("store").path("remedy").asText()).contains("FACEMILL_STORE_SECRET_KEY");
            assertThat(findings.get("clock").path("grade").asText()).isEqualTo("good");
        } finally {
            store.stop(0);
        }
    }

    private static Map<String, JsonNode> findings(Run run) throws IOException {
        return StreamSupport.stream(run.json().path("findings").spliterator(), false)
                .collect(Collectors.toMap(finding -> finding.path("what").asText(), finding -> finding));
    }

    /** As if this process were the launcher, with a broker that is not there. */
    private void writeInstance(int storePort) throws IOException {
        long started =
                ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(state.resolve("instance.json"), """
                {"launcher": {"pid": %d, "started_millis": %d}, "ports": {"context-service": 1}, "children": [],
                 "endpoints": {"kafka": "127.0.0.1:1", "store": "http://127.0.0.1:%d",
                               "access_key": "key", "secret_key": "top secret"}}
                """.formatted(
                        ProcessHandle.current().pid(), started, storePort));
    }
}
