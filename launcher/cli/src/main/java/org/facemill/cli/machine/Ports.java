package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses ports of 127.0.0.1. */
final class Ports {

    private Ports() {}

    /** A free port for each name: the wished one where it is free, else any. */
    static Map<String, Integer> choose(List<String> names, Map<String, Integer> wished) {
        Map<String, ServerSocket> held = new LinkedHashMap<>();
        try {
            for (String name : names) {
                held.put(name, open(wished.getOrDefault(name, 0)));
            }
            Map<String, Integer> ports = new LinkedHashMap<>();
            held.forEach((name, socket) -> ports.put(name, socket.getLocalPort()));
            return ports;
        } finally {
            held.values().forEach(Ports::close);
        }
    }

    private static ServerSocket open(int wished) {
        try {
            return new ServerSocket(wished, 1, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            if (wished == 0) {
                throw new UncheckedIOException(taken);
            }
            return open(0);
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
