package org.facemill.cli.commands;

import java.nio.file.Path;
import java.util.Optional;
import org.facemill.cli.machine.Home;
import org.facemill.cli.machine.State;
import picocli.CommandLine.Option;

/** The option by which every system command finds its system. */
final class StateOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder of the system's state (default: .facemill in the project's root).")
    private Optional<Path> folder;

    boolean isGiven() {
        return folder.isPresent();
    }

    State state() {
        return new State(folder.orElseGet(() -> Home.current().root().resolve(".facemill")));
    }
}
