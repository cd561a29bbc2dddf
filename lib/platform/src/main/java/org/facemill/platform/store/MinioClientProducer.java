package org.facemill.platform.store;

import io.minio.MinioClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/** CDI producer of the MinIO client. */
class MinioClientProducer {

    @Produces
    @Singleton
    MinioClient client(StoreConfig config) {
        OkHttpClient http = new OkHttpClient.Builder()
                .socketFactory(new NoDelay())
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(config.timeout())
                .writeTimeout(config.timeout())
                .build();
        return MinioClient.builder()
                .endpoint(config.url().toString())
                .credentials(config.accessKey(), config.secretKey())
                .region(config.region())
                .httpClient(http)
                .build();
    }

    /** Sockets without Nagle's algorithm, which costs small objects 40 ms each. */
    private static final class NoDelay extends SocketFactory {

        private static Socket withoutDelay(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket() throws IOException {
            return withoutDelay(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return withoutDelay(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return withoutDelay(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return withoutDelay(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return withoutDelay(new Socket(host, port, local, localPort));
        }
    }
}
