package org.facemill.platform.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of the launcher's servers as a child process, on a free port, with its data in a folder that outlives a kill. */
public final class ChildProgram {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String module;
    private final String mainClass;
    private final Path folder;
    private final List<String> options;
    private final int port;
    private Process process;

    ChildProgram(String module, String mainClass, Path folder, List<String> options) {
        this.module = module;
        this.mainClass = mainClass;
        this.folder = folder;
        this.options = options;
        this.port = freePort();
    }

    public int port() {
        return port;
    }

    /** Starts it, on what it left behind. */
    public void start() {
        Path launcher = Path.of(System.getProperty("facemill.root", ".")).resolve("launcher");
        Path classPath = launcher.resolve(module).resolve("target/lib");
        if (!Files.isDirectory(classPath)) {
            throw new IllegalStateException(
                    classPath + " is not built; run mvn -pl launcher/child,launcher/broker,launcher/store package");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                childJar(launcher) + File.pathSeparator + classPath + "/*",
                "org.facemill.child.ParentWatch",
                mainClass,
                folder.resolve(module).toString(),
                String.valueOf(port)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(module + ".txt").toFile()));
        builder.environment().put("FACEMILL_STORE_ACCESS_KEY", BrokerAndStore.ACCESS_KEY);
        builder.environment().put("FACEMILL_STORE_SECRET_KEY", BrokerAndStore.SECRET_KEY);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when its port is open. */
    public void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!portIsOpen()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(module + " does not answer on port " + port + "; its log is "
                        + folder.resolve(module + ".txt"));
            }
            pause();
        }
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it without a word, as {@code kill -STOP} does: its connections stay open, and nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new IllegalStateException("kill -" + name + " of " + module + " ended with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean portIsOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path childJar(Path launcher) {
        try (Stream<Path> jars = Files.list(launcher.resolve("child/target"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no jar in " + launcher.resolve("child/target") + "; run mvn -pl launcher/child package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped while waiting", e);
        }
    }
}
