package org.facemill.cli.commands;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.Services;
import org.facemill.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--without",
            paramLabel = "SERVICE",
            description =
                    "Leave a service out, such as one that is run from its sources: ${COMPLETION-CANDIDATES}. May be repeated.",
            completionCandidates = Dispensable.class)
    private List<String> without = List.of();

    static final class Dispensable extends ArrayList<String> {
        Dispensable() {
            super(Services.all());
            // the command itself speaks to this one
            remove(Programs.CONTEXT);
        }
    }

    /** What ran until it was stopped. */
    record Result(URI runs, String kafka, URI store, Path state) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (String name : without) {
            List<String> dispensable = new Dispensable();
            output.require(
                    dispensable.contains(name),
                    "--without " + name + ": services that can be left out are " + String.join(", ", dispensable));
        }
        List<String> services = new ArrayList<>(Services.all());
        services.removeAll(without);
        try (Machine machine = options.start(stateOption.state(), services, output)) {
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
