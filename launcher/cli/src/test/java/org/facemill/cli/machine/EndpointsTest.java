package org.facemill.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
            "FACEMILL_STORE_URL", "http://127.0.0.1:2",
            "FACEMILL_STORE_ACCESS_KEY", "key",
            "FACEMILL_STORE_SECRET_KEY", "secret");

    @Test
    void aPrefixOfBucketsIsTakenFromTheEnvironmentAndHandedOn() {
        Map<String, String> environment = new TreeMap<>(VARIABLES);
        environment.put("FACEMILL_STORE_BUCKET_PREFIX", "team-a-");

        assertThat(Endpoints.of(environment).orElseThrow().environment()).isEqualTo(environment);
    }

    @Test
    void withoutAPrefixOneThatProgramsInheritIsCleared() {
        assertThat(Endpoints.of(VARIABLES).orElseThrow().environment())
                .containsEntry("FACEMILL_STORE_BUCKET_PREFIX", "");
    }
}
