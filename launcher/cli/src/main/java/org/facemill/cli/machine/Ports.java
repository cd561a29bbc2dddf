package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses ports of 127.0.0.1: below those that systems give to clients (from 32768 or 49152 up), so that no client takes
 * the port of a program that is down for the moment.
 */
final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    private Ports() {}

    /**
     * A free port for each name: the wished one where it is free and not 0, else any.
     *
     * @throws MachineException where there is none
     */
    static Map<String, Integer> choose(List<String> names, Map<String, Integer> wished) throws IOException {
        Map<String, ServerSocket> held = new LinkedHashMap<>();
        try {
            for (String name : names) {
                int own = wished.getOrDefault(name, 0);
                Optional<ServerSocket> socket = own == 0 ? Optional.empty() : open(own);
                held.put(name, socket.isPresent() ? socket.get() : any());
            }
            Map<String, Integer> ports = new LinkedHashMap<>();
            held.forEach((name, socket) -> ports.put(name, socket.getLocalPort()));
            return ports;
        } finally {
            held.values().forEach(Ports::close);
        }
    }

    private static ServerSocket any() throws IOException {
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            Optional<ServerSocket> socket = open(FIRST + (start + i) % COUNT);
            if (socket.isPresent()) {
                return socket.get();
            }
        }
        throw new MachineException("all ports from " + FIRST + " to " + (FIRST + COUNT - 1) + " are taken");
    }

    private static Optional<ServerSocket> open(int port) throws IOException {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException taken) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
