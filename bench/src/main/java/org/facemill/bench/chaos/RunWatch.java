package org.facemill.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.event.RunState;

/** Follows a run from another thread, while its system is disturbed, until it ends. */
final class RunWatch {

    private static final int POLL_MILLIS = 250;

    private final RunClient runs;
    private final String run;
    private final Thread watch;
    private volatile RunStatus last;
    private volatile Duration longestStall = Duration.ZERO;

    RunWatch(RunClient runs, String run) {
        this.runs = runs;
        this.run = run;
        watch = new Thread(this::follow, "run-watch");
        watch.setDaemon(true);
        watch.start();
    }

    String run() {
        return run;
    }

    boolean isOver() {
        return !watch.isAlive();
    }

    /** Identities so far. */
    long complete() {
        return last == null ? 0 : last.identities().get("complete");
    }

    /** The longest time so far in which no identity was completed, while identities were still to be completed. */
    Duration longestStall() {
        return longestStall;
    }

    /** Waits until the run has ended, well or not. */
    RunStatus ended() throws InterruptedException {
        watch.join();
        return last;
    }

    private void follow() {
        long complete = 0;
        long since = System.nanoTime();
        try {
            while (last == null || !last.state().terminal()) {
                Thread.sleep(POLL_MILLIS);
                ask();
                Duration stall = Duration.ofNanos(System.nanoTime() - since);
                if (last == null || last.state() == RunState.RUNNING) {
                    longestStall = stall.compareTo(longestStall) > 0 ? stall : longestStall;
                }
                if (complete() != complete) {
                    complete = complete();
                    since = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            last = runs.status(run);
        } catch (IOException | CommandException e) {
            // context-service may be the one that was killed
        }
    }
}
