package org.facemill.cli.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that opens its port and says when it is asked to end. */
final class TinyServer {

    private TinyServer() {}

    public static void main(String[] args) throws Exception {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.out.println("asked to end at " + System.nanoTime())));
        try (ServerSocket socket = new ServerSocket(Integer.parseInt(args[0]), 10, InetAddress.getLoopbackAddress())) {
            while (true) {
                socket.accept().close();
            }
        }
    }

    static Program program(String name) throws IOException {
        int port = Ports.choose(List.of(name), Map.of()).get(name);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TinyServer.class.getName(),
                String.valueOf(port));
        return new Program(
                name, command, Map.of(), URI.create("tcp://127.0.0.1:" + port), Optional.empty(), Optional.empty());
    }
}
