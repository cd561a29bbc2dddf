package org.facemill.cli.runs;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;

/** Displays the progress of a run, one line per stage, until it ends. */
public final class RunFollower {

    private static final int POLL_MILLIS = 1000;
    /** A crashed service is back within this time. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private final RunClient client;
    private final Output output;
    private final Map<String, ProgressDisplay> stages = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> warned = new HashSet<>();

    public RunFollower(RunClient client, Output output) {
        this.client = client;
        this.output = output;
    }

    /** Blocks until the run ends; returns its final status. */
    public RunStatus follow(String run) throws IOException, InterruptedException {
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
                    if (System.nanoTime() - answered > MAX_SILENCE.toNanos()) {
                        throw e;
                    }
                }
                Thread.sleep(POLL_MILLIS);
            }
        } finally {
            stages.values().forEach(ProgressDisplay::close);
        }
    }

    private void show(RunStatus status) {
        status.warnings().stream().filter(warned::add).forEach(warning -> output.say("warning: " + warning));
        for (RunStatus.Stage stage : status.stages()) {
            if (stage.total() > 0 && !ended.contains(stage.stage())) {
                ProgressDisplay progress = stages.computeIfAbsent(
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
