package org.facemill.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Shows how a run goes on, stage by stage, until it is over. */
final class RunFollower {

    private static final int POLL_MILLIS = 1000;
    /** A service that crashed is back by then. */
    private static final Duration SILENCE_OUTLASTED = Duration.ofMinutes(1);

    private final RunClient client;
    private final Output output;
    private final Map<String, Progress> stages = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();

    RunFollower(RunClient client, Output output) {
        this.client = client;
        this.output = output;
    }

    /** Returns the run as it ended. */
    RunStatus follow(String run) throws IOException, InterruptedException {
        try {
            long answered = System.nanoTime();
            while (true) {
                try {
                    RunStatus status = client.status(run);
                    answered = System.nanoTime();
                    show(status);
                    if (status.state().terminal()) {
                        return status;
                    }
                } catch (IOException e) {
                    if (System.nanoTime() - answered > SILENCE_OUTLASTED.toNanos()) {
                        throw e;
                    }
                }
                Thread.sleep(POLL_MILLIS);
            }
        } finally {
            stages.values().forEach(Progress::close);
        }
    }

    private void show(RunStatus status) {
        for (RunStatus.Stage stage : status.stages()) {
            if (stage.total() > 0 && !ended.contains(stage.stage())) {
                Progress progress = stages.computeIfAbsent(
                        stage.stage(), name -> output.progress(name, stage.done(), stage.total(), stage.unit()));
                progress.stepTo(stage.done());
                if (stage.done() >= stage.total()) {
                    stages.remove(stage.stage()).close();
                    ended.add(stage.stage());
                }
            }
        }
    }
}
