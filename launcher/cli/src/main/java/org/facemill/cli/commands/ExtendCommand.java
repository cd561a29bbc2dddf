package org.facemill.cli.commands;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Range;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunFollower;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.event.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "extend",
        description = "Extend a run to more identities, one more version of its dataset, and follow it to its end.",
        footer = {
            "",
            "What the run has stays as it is; with what comes, the dataset is that of a run begun with as many identities."
        })
public final class ExtendCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private SystemOptions system;

    @Parameters(paramLabel = "RUN", description = "Name of a run that is not failed or cancelled.")
    private String run;

    @Option(
            names = "--identities",
            required = true,
            paramLabel = "N",
            description = "Identities in the dataset, more than the run has.")
    @Range(min = 1, max = 10_000_000)
    private int identities;

    @Option(names = "--detach", description = "Do not wait for the end; `facemill status RUN` shows how it goes on.")
    private boolean detach;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunClient client = system.runs();
        RunStatus extended = client.extend(run, identities);
        output.say("Run " + run + " goes on to " + identities + " identities.");
        if (detach) {
            output.result(extended, run);
            return 0;
        }
        RunStatus end = new RunFollower(client, output).follow(run);
        output.result(end, end.text());
        return end.state() == RunState.COMPLETED ? 0 : 1;
    }
}
