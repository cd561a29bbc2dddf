package org.facemill.cli.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.facemill.contracts.Json;

/**
 * A started system on this machine, as recorded in its state folder for other commands.
 *
 * @param launcher the supervising process
 * @param endpoints of its Kafka and object store
 * @param ports of every program, by name
 * @param children current child processes, so that the next start can wait for their end
 */
public record Instance(ProcessId launcher, Endpoints endpoints, Map<String, Integer> ports, List<ProcessId> children) {

    /** Three waves of programs, each with its grace period, and a little more. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

    private static final Duration KILL_WITHIN = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 100;

    /** Identifies a process beyond its lifetime: a pid alone may be reused. */
    record ProcessId(long pid, long startedMillis) {

        static ProcessId of(ProcessHandle process) {
            return new ProcessId(process.pid(), started(process));
        }

        Optional<ProcessHandle> find() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(p -> started(p) == startedMillis);
        }

        private static long started(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(start -> start.toEpochMilli())
                    .orElse(0L);
        }
    }

    /** The instance running on this state folder, if any. */
    public static Optional<Instance> running(State state) throws IOException {
        return last(state).filter(instance -> instance.launcher.find().isPresent());
    }

    /**
     * The instance running on this state folder.
     *
     * @throws MachineException if none runs; says how to start one
     */
    public static Instance require(State state) throws IOException {
        return running(state)
                .orElseThrow(() -> new MachineException("no system runs on " + state.folder()
                        + "; start one by `./facemill up`, or name its folder by --state"));
    }

    /** The last instance, running or not. */
    static Optional<Instance> last(State state) throws IOException {
        Path file = state.instance();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Instance.class));
        } catch (JsonProcessingException e) {
            throw new MachineException(file + ": is no record of a started system; delete it", e);
        }
    }

    void write(State state) throws IOException {
        PrivateFile.write(
                state.instance(), Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** Where a program answers. */
    public URI url(String program) {
        return URI.create("http://127.0.0.1:" + ports.get(program));
    }

    /**
     * Terminates the launcher, which stops all programs; kills them all where that takes too long.
     *
     * @return whether they ended in order
     * @throws MachineException where they do not end even so
     */
    public boolean stop(State state) throws IOException, InterruptedException {
        launcher.find().ifPresent(ProcessHandle::destroy);
        if (endsWithin(STOP_WITHIN, state)) {
            return true;
        }
        Stream.concat(Stream.of(launcher), children.stream())
                .forEach(process -> process.find().ifPresent(ProcessHandle::destroyForcibly));
        if (!endsWithin(KILL_WITHIN, state)) {
            throw new MachineException("process " + launcher.pid + " holds " + state.folder()
                    + " and does not end, not even killed; the operating system may say why");
        }
        return false;
    }

    /** The lock tells more than the process: one that has ended may stay listed until its parent takes notice. */
    private static boolean endsWithin(Duration time, State state) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (!state.isFree()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
