package org.facemill.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes on connections to a port of this machine, until it is cut: then they break, and none is taken, as if the service were killed. */
final class Relay implements AutoCloseable {

    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private final int port;

    Relay(int target) {
        this.target = target;
        listen(0);
        this.port = server.getLocalPort();
    }

    int port() {
        return port;
    }

    void cut() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
            open.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mend() {
        listen(port);
    }

    private void listen(int on) {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket listening = server;
        daemon(() -> {
            while (true) {
                Socket from = listening.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(from);
                open.add(to);
                daemon(() -> from.getInputStream().transferTo(to.getOutputStream()));
                daemon(() -> to.getInputStream().transferTo(from.getOutputStream()));
            }
        });
    }

    private interface Copying {
        void run() throws IOException;
    }

    private static void daemon(Copying copying) {
        Thread thread = new Thread(() -> {
            try {
                copying.run();
            } catch (IOException e) {
                return; // it was cut
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
    }
}
