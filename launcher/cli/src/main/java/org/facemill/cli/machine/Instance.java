package org.facemill.cli.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Json;

/**
 * One start of the system on this machine, as other commands find it in the state folder.
 *
 * @param launcher the process that supervises
 * @param endpoints the Kafka and the object store that it runs on
 * @param ports of every program by its name
 * @param children the processes started last, so that the next start can wait for their end
 */
public record Instance(ProcessId launcher, Endpoints endpoints, Map<String, Integer> ports, List<ProcessId> children) {

    /** A process for good: a pid alone may have been given to another one since. */
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

    /** The instance that runs on this state folder now. */
    public static Optional<Instance> running(State state) throws IOException {
        return last(state).filter(instance -> instance.launcher.find().isPresent());
    }

    /** The instance that runs, or an error that says how to start one. */
    public static Instance require(State state) throws IOException {
        return running(state)
                .orElseThrow(() -> new MachineException("no system runs on " + state.folder()
                        + "; start one by `./facemill up`, or name its folder by --state"));
    }

    /** The instance that ran last, whether it still runs or not. */
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
        Path whole = state.instance().resolveSibling("instance.json.new");
        Files.write(whole, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(whole, state.instance(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where a program answers. */
    public URI url(String program) {
        return URI.create("http://127.0.0.1:" + ports.get(program));
    }

    /** Asks the launcher to stop everything and waits for its end. */
    public void stop() {
        launcher.find().ifPresent(process -> {
            process.destroy();
            process.onExit().join();
        });
    }
}
