package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The whole system on this machine: broker, store and services as child processes that end with this process.
 *
 * <p>One machine at a time per state folder; a later start resumes from its contents.
 */
public final class Machine implements AutoCloseable {

    public static final int DEFAULT_RESTARTS = 4;

    private static final Duration OLD_CHILDREN_END_WITHIN = Duration.ofSeconds(20);

    private final State state;
    private final FileLock lock;
    private final Map<String, Integer> ports;
    private final Endpoints endpoints;
    private final Supervisor supervisor;

    private Machine(Settings settings, FileLock lock, Map<String, Integer> ports, Endpoints endpoints)
            throws IOException {
        this.state = settings.state;
        this.lock = lock;
        this.ports = ports;
        this.endpoints = endpoints;
        this.supervisor = new Supervisor(
                state,
                settings.log,
                this::record,
                new Supervisor.Policy(settings.restarts, Supervisor.LIVENESS_INTERVAL));
    }

    /**
     * How to start.
     *
     * @param port preferred for context-service; another if it is taken, any if 0
     * @param services that are started, of {@link Services}
     * @param threads budget shared among the services
     * @param restarts of one program within ten minutes, before it is given up
     * @param log receives a line for every event
     */
    public record Settings(
            Home home, State state, List<String> services, int port, int threads, int restarts, Consumer<String> log) {

        /** With the usual number of restarts. */
        public Settings(Home home, State state, List<String> services, int port, int threads, Consumer<String> log) {
            this(home, state, services, port, threads, DEFAULT_RESTARTS, log);
        }
    }

    /**
     * Starts broker and store, lets the caller prepare the store, then starts the services. Returns when all are ready.
     *
     * @throws MachineException where another system runs on the state folder, or a program does not get ready
     */
    public static Machine start(Settings settings, Consumer<Endpoints> prepare)
            throws IOException, InterruptedException {
        return start(settings, Optional.empty(), prepare);
    }

    /** Starts only the services, against a broker and a store that are already running. */
    public static Machine startServices(Settings settings, Endpoints endpoints)
            throws IOException, InterruptedException {
        return start(settings, Optional.of(endpoints), given -> {});
    }

    private static Machine start(Settings settings, Optional<Endpoints> given, Consumer<Endpoints> prepare)
            throws IOException, InterruptedException {
        State state = settings.state;
        FileLock lock = state.lock()
                .orElseThrow(() -> new MachineException("a system runs on " + state.folder()
                        + " already; stop it by `./facemill stop --state "
                        + state.folder() + "`, or take another folder by --state"));
        Programs programs =
                new Programs(settings.home, state, choosePorts(settings), settings.threads, StoreKeys.of(state));
        Machine machine = new Machine(settings, lock, programs.ports(), given.orElseGet(programs::endpoints));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> machine.shutDown(settings.log), "machine-shutdown"));
        try {
            if (given.isEmpty()) {
                machine.supervisor.start(programs.infrastructure());
            }
            prepare.accept(machine.endpoints);
            machine.supervisor.start(programs.services(settings.services, machine.endpoints));
            return machine;
        } catch (RuntimeException | InterruptedException e) {
            machine.close();
            throw e;
        }
    }

    /** Prefers the ports of the last start, so that noted addresses stay valid. */
    private static Map<String, Integer> choosePorts(Settings settings) throws IOException {
        Map<String, Integer> wished = new HashMap<>(Map.of(Programs.CONTEXT, settings.port));
        Instance.last(settings.state).ifPresent(last -> {
            awaitEnd(last);
            last.ports().forEach(wished::putIfAbsent);
        });
        return Ports.choose(Programs.ALL, wished);
    }

    /** Where a program answers. */
    public URI url(String program) {
        return URI.create("http://127.0.0.1:" + ports.get(program));
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** Completes exceptionally when a program crashed too often, normally after {@link #close}. */
    public CompletableFuture<Void> end() {
        return supervisor.end();
    }

    /** The process of a program at this moment. */
    public ProcessHandle process(String program) {
        return supervisor.child(program).process().toHandle();
    }

    /** Kills a program as a crash would; the supervisor restarts it. */
    public void kill(String program) {
        supervisor.child(program).process().destroyForcibly().onExit().join();
    }

    /** Terminates programs concurrently and in an orderly way; returns when they have ended. The supervisor restarts them. */
    public void restart(List<String> names) {
        List<Process> asked =
                names.stream().map(name -> supervisor.child(name).process()).toList();
        asked.forEach(Process::destroy);
        asked.forEach(process -> process.onExit().join());
    }

    /** Waits until a program is ready. */
    public void awaitReady(String program) throws InterruptedException {
        supervisor.awaitReady(program);
    }

    /** Stops services, then store and broker. */
    @Override
    public void close() {
        supervisor.close();
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ctrl-C, {@code facemill stop} or the end of the command. */
    private void shutDown(Consumer<String> log) {
        if (!supervisor.end().isDone()) {
            log.accept("Stopping everything.");
            supervisor.close();
        }
    }

    private void record() {
        List<Instance.ProcessId> children = supervisor.processes().stream()
                .map(p -> Instance.ProcessId.of(p.toHandle()))
                .toList();
        try {
            new Instance(Instance.ProcessId.of(ProcessHandle.current()), endpoints, ports, children).write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The children of a killed launcher end by themselves, but not at once, and hold files until then. */
    private static void awaitEnd(Instance last) {
        List<ProcessHandle> old =
                last.children().stream().flatMap(child -> child.find().stream()).toList();
        CompletableFuture<?> allEnded =
                CompletableFuture.allOf(old.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            allEnded.completeOnTimeout(null, OLD_CHILDREN_END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            old.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
