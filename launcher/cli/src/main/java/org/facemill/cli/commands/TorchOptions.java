package org.facemill.cli.commands;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What networks run on: the options of every command that runs one. */
final class TorchOptions {

    @Option(names = "--device", paramLabel = "auto|cpu|cuda:N", description = "What networks run on (default: auto).")
    private Optional<String> device;

    @Option(names = "--threads", paramLabel = "N", description = "Native threads (default: all cores).")
    private Optional<Integer> threads;

    /** To be called before the first network is loaded. */
    void apply() {
        device.ifPresent(name -> System.setProperty("facemill.device", name));
        threads.ifPresent(n -> System.setProperty("facemill.threads", n.toString()));
    }
}
