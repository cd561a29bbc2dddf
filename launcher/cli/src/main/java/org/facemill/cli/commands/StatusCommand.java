package org.facemill.cli.commands;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Show the runs, or one run with its counts per stage.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private SystemOptions system;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Name of a run (default: all).")
    private Optional<String> run;

    record Result(List<RunStatus> runs) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunClient client = system.runs();
        if (run.isPresent()) {
            RunStatus status = client.status(run.get());
            output.result(new Result(List.of(status)), status.text());
            return 0;
        }
        List<RunStatus> runs = client.list();
        output.result(new Result(runs), runs.isEmpty() ? "No runs yet." : RunStatus.table(runs));
        return 0;
    }
}
