package org.facemill.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server over one folder: a bucket is a folder, an object a file. Requests are signed with the key pair of the
 * environment ({@value #ACCESS_KEY}, {@value #SECRET_KEY}). The port accepts connections once requests are answered.
 *
 * <p>Keys must not end in {@code -<uuid>}: the server's unfinished objects have such names, which are not listed, and which
 * a kill leaves behind and the next start deletes.
 */
public final class StoreMain {

    static final String ACCESS_KEY = "FACEMILL_STORE_ACCESS_KEY";
    static final String SECRET_KEY = "FACEMILL_STORE_SECRET_KEY";

    private StoreMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: StoreMain DIR PORT");
            System.exit(2);
        }
        Path folder = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(folder);
        sweep(folder);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FinishedObjects(new FilesystemNio2BlobStore(folder.toString())))
                .endpoint(URI.create("http://127.0.0.1:" + args[1]))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, setting(ACCESS_KEY), setting(SECRET_KEY))
                .build();
        server.start();
        System.out.println("store: ready on 127.0.0.1:" + args[1] + ", data in " + folder);
    }

    /** Deletes what a killed server had not finished writing. */
    static void sweep(Path folder) throws IOException {
        List<Path> unfinished;
        try (Stream<Path> files = Files.walk(folder)) {
            unfinished = files.filter(Files::isRegularFile)
                    .filter(file ->
                            FinishedObjects.isUnfinished(file.getFileName().toString()))
                    .toList();
        }
        for (Path file : unfinished) {
            Files.delete(file);
            System.out.println("store: swept unfinished object " + folder.relativize(file));
        }
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            System.err.println(
                    "store: environment variable " + name + " is not set; it must hold the key that clients sign with");
            System.exit(2);
        }
        return value;
    }
}
