package org.facemill.cli.commands;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.machine.Instance;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.runs.RunClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a command finds the system that it talks to: one of this machine, or one anywhere by its URL. */
final class SystemOptions {

    static final String SERVER = "FACEMILL_SERVER";

    @Mixin
    private StateOption state;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "context-service of the system (default: the variable " + SERVER
                    + ", else the system that runs on --state).")
    private Optional<URI> server;

    RunClient runs() throws IOException {
        Optional<URI> remote = remote();
        return new RunClient(remote.isPresent() ? remote.get() : instance().url(Programs.CONTEXT));
    }

    /** Kafka and the object store: those of the system on this machine, else those that the environment names. */
    Endpoints endpoints() throws IOException {
        if (remote().isEmpty()) {
            return instance().endpoints();
        }
        return Endpoints.of(System.getenv())
                .orElseThrow(() -> new CommandException("Kafka and the object store of " + remote().orElseThrow()
                        + " are to be named by the variables " + String.join(", ", Endpoints.VARIABLES)
                        + "; on the machine where it runs `facemill env` prints them"));
    }

    private Instance instance() throws IOException {
        return Instance.require(state.state());
    }

    private Optional<URI> remote() {
        return server.or(() -> state.isGiven()
                ? Optional.empty()
                : Optional.ofNullable(System.getenv(SERVER))
                        .filter(url -> !url.isBlank())
                        .map(URI::create));
    }
}
