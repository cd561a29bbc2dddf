package org.facemill.cli.commands;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.facemill.cli.doctor.Finding;
import org.facemill.cli.doctor.MachineCheck;
import org.facemill.cli.doctor.SystemCheck;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.machine.Instance;
import org.facemill.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Look at what can be wrong here: Java, memory, disk, libtorch, GPU; of the system that runs on --state,",
            "or that the variables of `facemill env` name, its Kafka, object store and clock. Says what to do."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is good, or works", "1:something is bad", "2:bad usage"})
public final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private StateOption state;

    record Result(List<Finding> findings) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>(MachineCheck.all(state.state().folder()));
        Optional<Endpoints> endpoints =
                Instance.running(state.state()).map(Instance::endpoints).or(() -> Endpoints.of(System.getenv()));
        if (endpoints.isPresent()) {
            findings.addAll(SystemCheck.all(endpoints.get()));
        } else {
            output.say("No system runs on " + state.state().folder()
                    + ", so broker, store and clock are left out; `facemill up` starts one.");
        }
        output.result(
                new Result(findings), findings.stream().map(DoctorCommand::text).collect(Collectors.joining("\n")));
        return findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.BAD) ? 1 : 0;
    }

    private static String text(Finding finding) {
        String line = "%-5s %-13s %s"
                .formatted(finding.grade().name().toLowerCase(Locale.ROOT), finding.what(), finding.found());
        return finding.remedy() == null ? line : line + "\n" + " ".repeat(20) + "-> " + finding.remedy();
    }
}
