package org.facemill.cli.commands;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.Services;
import org.facemill.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        description =
                "Start broker, object store and all services on this machine, and keep them running until Ctrl-C or `facemill stop`.")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private StateOption stateOption;

    @Mixin
    private MachineOptions options;

    /** What ran until it was stopped. */
    record Result(URI runs, String kafka, URI store, Path state) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Machine machine = options.start(stateOption.state(), Services.all(), output)) {
            output.say("Ctrl-C stops everything; `./facemill run RECIPE` submits a run from another shell.");
            machine.end().join();
            URI runs = machine.url(Programs.CONTEXT).resolve("/runs");
            output.result(
                    new Result(
                            runs,
                            machine.endpoints().kafka(),
                            machine.endpoints().store(),
                            stateOption.state().folder()),
                    "Stopped.");
            return 0;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException given ? given : e;
        }
    }
}
