package org.facemill.cli.machine;

import java.net.URI;
import java.util.Map;

/**
 * The Kafka and the object store of a system, as every program is told of them by its environment.
 *
 * @param kafka bootstrap servers, {@code host:port[,host:port...]}
 * @param store URL of the S3 endpoint
 */
public record Endpoints(String kafka, URI store, String accessKey, String secretKey) {

    /** On this machine's own addresses the keys guard against nothing but mistakes. */
    static Endpoints local(String kafka, URI store) {
        return new Endpoints(kafka, store, "facemill", "facemill-secret");
    }

    Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka,
                "FACEMILL_STORE_URL", store.toString(),
                "FACEMILL_STORE_ACCESS_KEY", accessKey,
                "FACEMILL_STORE_SECRET_KEY", secretKey);
    }
}
