package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.LogFile;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.State;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Range;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show what the services logged.")
public final class LogsCommand implements Callable<Integer> {

    private static final int POLL_MILLIS = 300;

    @Mixin
    private Output output;

    @Mixin
    private StateOption stateOption;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "One of ${COMPLETION-CANDIDATES} (default: all).",
            completionCandidates = ProgramNames.class)
    private Optional<String> service;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as lines are written, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Lines of each log (default: ${DEFAULT-VALUE}).")
    @Range(min = 0, max = 1_000_000)
    private int lines;

    record Result(Map<String, List<String>> logs) {}

    static final class ProgramNames extends ArrayList<String> {
        ProgramNames() {
            super(Programs.ALL);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        service.ifPresent(name -> output.require(
                Programs.ALL.contains(name), "no service " + name + "; there are " + String.join(", ", Programs.ALL)));
        State state = stateOption.state();
        Map<String, LogFile> logs = new LinkedHashMap<>();
        service.map(List::of).orElse(Programs.ALL).forEach(name -> logs.put(name, new LogFile(state.log(name))));
        if (logs.values().stream().noneMatch(log -> Files.exists(log.path()))) {
            throw new CommandException("no logs in " + state.logs()
                    + ", so no system has run there; start one by `./facemill up`, or name its folder by --state");
        }
        Map<String, List<String>> tails = new LinkedHashMap<>();
        Map<String, Long> ends = new LinkedHashMap<>();
        for (Map.Entry<String, LogFile> log : logs.entrySet()) {
            ends.put(log.getKey(), log.getValue().end());
            tails.put(log.getKey(), log.getValue().tail(lines));
        }
        tails.forEach((name, tail) -> tail.forEach(line -> output.print(prefix(name) + line)));
        if (follow) {
            follow(logs, ends);
        }
        output.resultAsJson(new Result(tails));
        return 0;
    }

    private void follow(Map<String, LogFile> logs, Map<String, Long> positions)
            throws IOException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            for (Map.Entry<String, LogFile> log : logs.entrySet()) {
                String prefix = prefix(log.getKey());
                long next = log.getValue().readFrom(positions.get(log.getKey()), line -> output.print(prefix + line));
                positions.put(log.getKey(), next);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private String prefix(String name) {
        return service.isPresent() ? "" : String.format("%-18s| ", name);
    }
}
