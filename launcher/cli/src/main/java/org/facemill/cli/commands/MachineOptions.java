package org.facemill.cli.commands;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.facemill.cli.machine.Console;
import org.facemill.cli.machine.Home;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.State;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Range;
import org.facemill.cli.runs.BucketTransfer;
import picocli.CommandLine.Option;

/** How the system on this machine is started. */
final class MachineOptions {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Port of the runs' REST interface on 127.0.0.1; another where it is taken (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 65_535)
    private int port;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to be shared out among the services (default: the machine's cores).")
    @Range(min = 1, max = 1_024)
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "" + Machine.DEFAULT_RESTARTS,
            description = "Restarts of a service that crashes, within ten minutes, before the system gives up"
                    + " (default: ${DEFAULT-VALUE}).")
    @Range(min = 0, max = 1_000_000)
    private int restarts;

    @Option(names = "--open", description = "Open the console, which shows runs as they go on, in a browser.")
    private boolean open;

    /** Starts the system, with these services and the shipped models in its store; says what happens. */
    Machine start(State state, List<String> services, Output output) throws IOException, InterruptedException {
        Home home = Home.current();
        output.say("Starting " + "broker, store, " + String.join(", ", services) + "; state and logs in "
                + state.folder());
        Machine machine = Machine.start(
                new Machine.Settings(home, state, services, port, threads, restarts, output::say),
                endpoints -> BucketTransfer.at(endpoints).uploadModels(home.models(), output::say));
        output.say("Ready: console at " + machine.url(Programs.CONTEXT) + "/, runs at " + machine.url(Programs.CONTEXT)
                + "/runs, Kafka at " + machine.endpoints().kafka() + ", S3 at "
                + machine.endpoints().store());
        show(machine.url(Programs.CONTEXT), output);
        return machine;
    }

    /** Opens the console of a system, if asked to. */
    void show(URI context, Output output) {
        URI console = context.resolve("/");
        if (open && !Console.open(console)) {
            output.say("No browser is known here; the console is at " + console);
        }
    }
}
