package org.facemill.cli.machine;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Kafka and the object store of a system, as every program finds them in its environment.
 *
 * @param kafka bootstrap servers, {@code host:port[,host:port...]}
 * @param store URL of the S3 endpoint
 * @param bucketPrefix written before every bucket's name; empty in a store of one installation
 */
public record Endpoints(String kafka, URI store, String accessKey, String secretKey, String bucketPrefix) {

    /** Their environment variables, in the order of the fields. */
    public static final List<String> VARIABLES = List.of(
            "KAFKA_BOOTSTRAP_SERVERS", "FACEMILL_STORE_URL", "FACEMILL_STORE_ACCESS_KEY", "FACEMILL_STORE_SECRET_KEY");

    private static final String BUCKET_PREFIX = "FACEMILL_STORE_BUCKET_PREFIX";

    public Endpoints {
        bucketPrefix = Objects.requireNonNullElse(bucketPrefix, "");
    }

    /** Those that the variables of an environment name; empty where one is missing. */
    public static Optional<Endpoints> of(Map<String, String> environment) {
        List<String> values = VARIABLES.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .toList();
        return values.size() < VARIABLES.size()
                ? Optional.empty()
                : Optional.of(new Endpoints(
                        values.get(0),
                        URI.create(values.get(1)),
                        values.get(2),
                        values.get(3),
                        environment.getOrDefault(BUCKET_PREFIX, "")));
    }

    /** All variables with their values; an empty prefix, too: what programs inherit belongs to another store. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> values = List.of(kafka, store.toString(), accessKey, secretKey);
        for (int i = 0; i < values.size(); i++) {
            environment.put(VARIABLES.get(i), values.get(i));
        }
        environment.put(BUCKET_PREFIX, bucketPrefix);
        return environment;
    }
}
