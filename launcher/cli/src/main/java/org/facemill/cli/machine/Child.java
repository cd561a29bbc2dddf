package org.facemill.cli.machine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running process of a program. It ends with the launcher, because it watches its standard input. */
final class Child {

    /**
     * Ctrl-C on a terminal is sent to the whole process group, but only the launcher may handle it: it knows the order in
     * which children must stop. A JVM keeps ignoring signals that were ignored when it was started.
     */
    private static final List<String> IGNORING_TERMINAL_SIGNALS =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "facemill");

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    /** One that survives even that hangs in the operating system, and is left behind. */
    private static final Duration KILL_WITHIN = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private final Program program;
    private final Process process;

    private Child(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    /** Starts the program; its output is appended to the log. */
    static Child start(Program program, Path log) {
        List<String> command = new ArrayList<>(IGNORING_TERMINAL_SIGNALS);
        command.addAll(program.startCommand());
        File file = log.toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
        builder.environment().putAll(program.environment());
        try {
            return new Child(program, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program program() {
        return program;
    }

    Process process() {
        return process;
    }

    boolean isReady() throws InterruptedException {
        try {
            return process.isAlive() && ("tcp".equals(program.readiness().getScheme()) ? accepts() : answers());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the liveness probe fails; a program that does not answer may only be slow. */
    boolean isStuck() throws InterruptedException {
        try {
            return program.liveness().isPresent() && status(program.liveness().get()) == UNAVAILABLE;
        } catch (IOException e) {
            return false;
        }
    }

    /** Terminates the process, forcibly after the grace period. */
    void stop(Duration grace) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor(KILL_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean accepts() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            program.readiness().getHost(), program.readiness().getPort()),
                    (int) TIMEOUT.toMillis());
            return true;
        }
    }

    private boolean answers() throws IOException, InterruptedException {
        return status(program.readiness()) == OK;
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
