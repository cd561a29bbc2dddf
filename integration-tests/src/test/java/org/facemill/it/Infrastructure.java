package org.facemill.it;

import java.io.IOException;
import org.facemill.cli.machine.Machine;
import org.testcontainers.DockerClientFactory;

/**
 * Broker and store of the tests: containers where a Docker engine answers, otherwise child processes. The system property
 * {@code facemill.infrastructure} ({@code containers}, {@code embedded}) decides it otherwise.
 */
interface Infrastructure extends AutoCloseable {

    static Infrastructure start() {
        String choice = System.getProperty("facemill.infrastructure", "auto");
        return switch (choice) {
            case "embedded" -> new Embedded();
            case "containers" -> new Containers();
            case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? new Containers() : new Embedded();
            default ->
                throw new IllegalArgumentException(
                        "facemill.infrastructure=" + choice + ": expected auto, containers or embedded");
        };
    }

    /** Starts the services against this broker and store. */
    Machine machine(Machine.Settings settings) throws IOException, InterruptedException;

    /** Kills a program without warning and returns when it is back. */
    void kill(Machine machine, String program) throws InterruptedException;

    @Override
    void close();

    /** Broker and store as the launcher starts them. */
    final class Embedded implements Infrastructure {

        @Override
        public Machine machine(Machine.Settings settings) throws IOException, InterruptedException {
            return Machine.start(settings, endpoints -> {});
        }

        @Override
        public void kill(Machine machine, String program) throws InterruptedException {
            machine.kill(program);
            machine.awaitReady(program);
        }

        @Override
        public void close() {
            // they end with the machine
        }
    }
}
