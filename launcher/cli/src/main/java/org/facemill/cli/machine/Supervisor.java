package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps programs running: starts them in waves, each wave once the previous one is ready; restarts what crashes or fails
 * its liveness probe; stops all in reverse order. A program that crashes more often than its restarts allow within ten
 * minutes is given up, and the system with it.
 *
 * <p>Thread-safe.
 */
final class Supervisor implements AutoCloseable {

    static final Duration LIVENESS_INTERVAL = Duration.ofSeconds(10);

    private static final int STUCK_CHECKS = 3;

    private static final Duration CRASH_WINDOW = Duration.ofMinutes(10);
    private static final Duration READY_WITHIN = Duration.ofMinutes(10);
    /** Time for the work in hand, and once for the archive of its classes. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

    private static final int POLL_MILLIS = 100;
    private static final int LOG_TAIL_LINES = 5;

    private final State state;
    private final Consumer<String> log;
    private final Runnable childrenChanged;
    private final List<List<String>> waves = new ArrayList<>();
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final Map<String, Deque<Long>> crashes = new LinkedHashMap<>();
    private final Map<String, Integer> stuckChecks = new HashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Supervisor::daemon);
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Policy policy;
    private boolean stopping;

    /**
     * How much is tolerated.
     *
     * @param restarts of one program within ten minutes
     * @param livenessInterval between liveness probes
     */
    record Policy(int restarts, Duration livenessInterval) {}

    /**
     * @param log receives a line for every event
     * @param childrenChanged called after a process has been started
     * @param policy how much is tolerated
     */
    Supervisor(State state, Consumer<String> log, Runnable childrenChanged, Policy policy) throws IOException {
        this.state = state;
        this.log = log;
        this.childrenChanged = childrenChanged;
        this.policy = policy;
        long interval = policy.livenessInterval.toMillis();
        Files.createDirectories(state.logs());
        watch.scheduleWithFixedDelay(this::killStuck, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Starts programs concurrently; returns when all are ready. */
    void start(List<Program> wave) throws InterruptedException {
        synchronized (this) {
            if (stopping) {
                throw new MachineException("stopped before " + wave.get(0).name() + " was started");
            }
            waves.add(wave.stream().map(Program::name).toList());
            wave.forEach(this::launch);
        }
        childrenChanged.run();
        for (Program program : wave) {
            awaitReady(program.name());
        }
    }

    /** Waits until a program is ready, across restarts. */
    void awaitReady(String name) throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!child(name).isReady()) {
            if (end.isDone()) {
                end.join();
                throw new MachineException("stopped before " + name + " was ready");
            }
            if (System.nanoTime() > deadline) {
                throw new MachineException(
                        name + " was not ready within " + READY_WITHIN.toSeconds() + " s" + logTail(name));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Completes exceptionally when a program is given up, normally when all have been stopped. */
    CompletableFuture<Void> end() {
        return end;
    }

    synchronized List<Process> processes() {
        return children.values().stream().map(Child::process).toList();
    }

    synchronized Child child(String name) {
        return children.get(name);
    }

    /** Stops all programs, the last wave first. */
    @Override
    public void close() {
        List<List<String>> lastFirst;
        synchronized (this) {
            stopping = true;
            lastFirst = new ArrayList<>(waves);
        }
        watch.shutdownNow();
        Collections.reverse(lastFirst);
        for (List<String> wave : lastFirst) {
            wave.forEach(name -> child(name).process().destroy());
            wave.forEach(name -> stop(child(name)));
        }
        end.complete(null);
    }

    private static void stop(Child child) {
        try {
            child.stop(STOP_WITHIN);
            child.program()
                    .classes()
                    .ifPresent(archive -> archive.keep(child.process().exitValue()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            child.process().destroyForcibly();
        }
    }

    private synchronized void launch(Program program) {
        Child child = Child.start(program, state.log(program.name()));
        children.put(program.name(), child);
        child.process().onExit().thenAccept(process -> ended(program, process.exitValue()));
    }

    /** Kills, and so restarts, a program whose liveness probe failed {@value #STUCK_CHECKS} times in a row. */
    private void killStuck() {
        try {
            for (Child child : running()) {
                String name = child.program().name();
                int count = child.isStuck() ? stuckChecks.merge(name, 1, Integer::sum) : 0;
                if (count == 0 || count >= STUCK_CHECKS) {
                    stuckChecks.remove(name);
                }
                if (count >= STUCK_CHECKS) {
                    log.accept(name + " says that it is stuck ("
                            + child.program().liveness().orElseThrow() + "); killed");
                    child.process().destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Child> running() {
        return List.copyOf(children.values());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "liveness-watch");
        thread.setDaemon(true);
        return thread;
    }

    private void ended(Program program, int exitCode) {
        program.classes().ifPresent(archive -> archive.keep(exitCode));
        synchronized (this) {
            if (stopping) {
                return;
            }
            int count = countCrash(program.name());
            String what = program.name() + " ended with exit code " + exitCode;
            if (count > policy.restarts) {
                end.completeExceptionally(new MachineException(what + ", " + count + " times within "
                        + CRASH_WINDOW.toMinutes() + " minutes; given up (`--restarts " + 2 * count
                        + "` would put up with more)" + logTail(program.name())));
                return;
            }
            log.accept(what + "; started again (" + count + " of at most " + policy.restarts + " restarts within "
                    + CRASH_WINDOW.toMinutes() + " minutes)");
            launch(program);
        }
        childrenChanged.run();
    }

    private int countCrash(String name) {
        long now = System.nanoTime();
        Deque<Long> recent = crashes.computeIfAbsent(name, key -> new ArrayDeque<>());
        recent.removeIf(time -> now - time > CRASH_WINDOW.toNanos());
        recent.add(now);
        return recent.size();
    }

    private String logTail(String name) {
        LogFile file = new LogFile(state.log(name));
        try {
            return "; its log " + file.path() + " ends: " + String.join(" | ", file.tail(LOG_TAIL_LINES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
