package org.facemill.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    @TempDir
    Path folder;

    private final List<String> words = new CopyOnWriteArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private Supervisor supervisor;

    @BeforeEach
    void supervisor() throws Exception {
        supervisor = new Supervisor(
                new State(folder),
                words::add,
                changes::incrementAndGet,
                new Supervisor.Policy(4, Duration.ofMillis(200)));
    }

    @Test
    void aProgramThatCrashesIsStartedAgain() throws Exception {
        supervisor.start(List.of(TinyServer.program("broker")));
        Process first = supervisor.child("broker").process();

        first.destroyForcibly().onExit().join();
        while (supervisor.child("broker").process() == first) {
            Thread.sleep(10);
        }
        supervisor.awaitReady("broker");

        assertThat(supervisor.child("broker").process().pid()).isNotEqualTo(first.pid());
        assertThat(words).singleElement().asString().contains("broker ended with exit code", "1 of at most 4 restarts");
        supervisor.close();
    }

    @Test
    void aProgramThatCrashesAgainAndAgainIsGivenUpWithTheEndOfItsLog() {
        Program broken = new Program(
                "aligner-service",
                List.of("/bin/sh", "-c", "echo no weights in the jar; exit 3"),
                Map.of(),
                URI.create("tcp://127.0.0.1:1"),
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> supervisor.start(List.of(broken)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("aligner-service ended with exit code 3, 5 times")
                .hasMessageContaining("--restarts")
                .hasMessageContaining("no weights in the jar");
        supervisor.close();
    }

    @Test
    void aProgramThatSaysThatItIsStuckIsKilledAndStartedAgain() throws Exception {
        HttpServer health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        health.createContext("/live", exchange -> {
            exchange.sendResponseHeaders(words.isEmpty() ? 503 : 200, -1);
            exchange.close();
        });
        health.start();
        URI liveness = URI.create("http://127.0.0.1:" + health.getAddress().getPort() + "/live");
        Program server = TinyServer.program("aligner-service");
        Program stuck = new Program(
                server.name(),
                server.command(),
                server.environment(),
                server.readiness(),
                Optional.of(liveness),
                Optional.empty());

        supervisor.start(List.of(stuck));
        while (words.size() < 2) {
            Thread.sleep(10);
        }
        supervisor.awaitReady("aligner-service");

        assertThat(words.get(0)).contains("aligner-service says that it is stuck");
        assertThat(words.get(1)).contains("started again");
        health.stop(0);
        supervisor.close();
    }

    @Test
    void theLastWaveIsStoppedFirst() throws Exception {
        supervisor.start(List.of(TinyServer.program("store")));
        supervisor.start(List.of(TinyServer.program("service")));
        List<Process> processes = supervisor.processes();

        supervisor.close();

        assertThat(processes).noneMatch(Process::isAlive);
        assertThat(endOf("service")).isLessThan(endOf("store"));
        assertThat(supervisor.end()).isCompleted();
        assertThat(words).isEmpty();
    }

    @Test
    void aStoppedProgramIsNotStartedAgain() throws Exception {
        supervisor.start(List.of(TinyServer.program("store")));
        int started = changes.get();

        supervisor.close();
        supervisor.child("store").process().onExit().get(2, TimeUnit.MINUTES);

        assertThat(changes).hasValue(started);
    }

    private long endOf(String program) throws Exception {
        String line =
                new LogFile(folder.resolve("logs/" + program + ".log")).tail(1).get(0);
        return Long.parseLong(line.replace("asked to end at ", ""));
    }
}
