package org.facemill.cli.commands;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.Instance;
import org.facemill.cli.machine.State;
import org.facemill.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        description =
                "Stop the system that another shell started; its state stays. What does not end within a minute is killed.")
public final class StopCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private StateOption stateOption;

    /** @param killed whether it did not end in time when it was asked to */
    record Result(boolean stopped, boolean killed) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        State state = stateOption.state();
        Optional<Instance> running = Instance.running(state);
        if (running.isEmpty()) {
            output.result(new Result(false, false), "Nothing runs on " + state.folder() + ".");
            return 0;
        }
        boolean orderly = running.get().stop(state);
        output.result(
                new Result(true, !orderly),
                orderly ? "Stopped." : "Stopped: killed, since it did not end in time; its state is sound.");
        return 0;
    }
}
