package org.facemill.cli.machine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to be kept running.
 *
 * @param name names its log and its port
 * @param command of a JVM, and its arguments
 * @param environment variables beside those inherited
 * @param readiness {@code http://...}: answers 200 when ready; {@code tcp://...}: accepts connections when ready
 * @param liveness {@code http://...}: answers 503 when the program is stuck for good; empty where a program has no such thing
 * @param classes that it loads, archived; empty for a program that is no JVM
 */
record Program(
        String name,
        List<String> command,
        Map<String, String> environment,
        URI readiness,
        Optional<URI> liveness,
        Optional<ClassArchive> classes) {

    Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The command as it is to be started at this moment. */
    List<String> startCommand() {
        List<String> whole = new ArrayList<>(command);
        classes.ifPresent(archive -> whole.addAll(1, archive.flags()));
        return whole;
    }
}
