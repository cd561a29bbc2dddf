package org.facemill.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facemill.cli.conformance.Examination;

/** A plug-in in another language, as a process. */
final class PlugInProcess implements Examination.Restart, AutoCloseable {

    private static final long STARTS_WITHIN_SECONDS = 60;
    private static final int POLL_MILLIS = 100;

    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> command;
    private final Path log;
    private Process process;

    /**
     * Starts a plug-in; returns when it says that it reads its topic.
     *
     * @param environment that {@code facemill env} prints
     * @param folder of its files
     */
    PlugInProcess(Map<String, String> environment, Path folder, String... command)
            throws IOException, InterruptedException {
        this.environment = environment;
        this.folder = folder;
        this.command = List.of(command);
        this.log = folder.resolve("output.txt");
        start();
    }

    private void start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_WITHIN_SECONDS);
        while (!Files.readString(log).contains(" reads facemill.")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not start: " + Files.readString(log));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        start();
    }

    /** Whether a command is there and ends well within a time in which nothing is downloaded. */
    static boolean works(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(STARTS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
