package org.facemill.cli.machine;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to be kept running.
 *
 * @param name names its log and its port
 * @param command and its arguments
 * @param environment variables beside those inherited
 * @param readiness {@code http://...}: answers 200 when ready; {@code tcp://...}: accepts connections when ready
 * @param liveness {@code http://...}: answers 503 when the program is stuck for good; empty where a program has no such thing
 */
record Program(
        String name, List<String> command, Map<String, String> environment, URI readiness, Optional<URI> liveness) {

    Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
