package org.facemill.cli.commands;

import java.util.Optional;
import org.facemill.cli.output.Range;
import org.facemill.torch.Torch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What networks run on: the options of every command that runs one. */
final class TorchOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--device", paramLabel = "auto|cpu|cuda:N", description = "What networks run on (default: auto).")
    private Optional<String> device;

    @Option(names = "--threads", paramLabel = "N", description = "Native threads (default: all cores).")
    @Range(min = 1, max = 1_024)
    private Optional<Integer> threads;

    /**
     * Starts libtorch; to be called before the first network is loaded.
     *
     * @throws ParameterException if the device is not there
     */
    void apply() {
        device.ifPresent(name -> System.setProperty("facemill.device", name.isBlank() ? "none" : name));
        threads.ifPresent(n -> System.setProperty("facemill.threads", n.toString()));
        try {
            Torch.start();
        } catch (IllegalArgumentException e) {
            device.ifPresent(name -> System.clearProperty("facemill.device"));
            throw new ParameterException(
                    command.commandLine(), e.getMessage().replace("facemill.device=", "--device "));
        }
    }
}
