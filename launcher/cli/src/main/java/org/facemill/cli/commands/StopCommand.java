package org.facemill.cli.commands;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.Instance;
import org.facemill.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "stop", description = "Stop the system that another shell started; its state stays.")
public final class StopCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private StateOption stateOption;

    record Result(boolean stopped) {}

    @Override
    public Integer call() throws IOException {
        Optional<Instance> running = Instance.running(stateOption.state());
        running.ifPresent(Instance::stop);
        output.result(
                new Result(running.isPresent()),
                running.isPresent()
                        ? "Stopped."
                        : "Nothing runs on " + stateOption.state().folder() + ".");
        return 0;
    }
}
