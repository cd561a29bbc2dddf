package org.facemill.cli.commands;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.facemill.cli.machine.Instance;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "env",
        description = {
            "Print the variables that connect programs with the running system, for shells:",
            "eval \"$(./facemill env)\" sets them. Services, plug-ins and this command take them."
        })
public final class EnvCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private StateOption stateOption;

    record Result(Map<String, String> variables) {}

    @Override
    public Integer call() throws IOException {
        Instance instance = Instance.require(stateOption.state());
        Map<String, String> variables = new LinkedHashMap<>(instance.endpoints().environment());
        variables.put(SystemOptions.SERVER, instance.url(Programs.CONTEXT).toString());
        output.result(
                new Result(variables),
                variables.entrySet().stream()
                        .map(variable -> "export " + variable.getKey() + "=" + quoted(variable.getValue()))
                        .collect(Collectors.joining("\n")));
        return 0;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
