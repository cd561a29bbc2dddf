package org.facemill.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects of KEDA and of the Prometheus operator against the types that are generated of their definitions, by the TypeScript
 * compiler: no current Java classes of them are published. {@code npm ci} in src/test/types brings both; without them the
 * test is skipped, in CI it fails.
 */
class OperatorObjectsTest {

    private static final Path TYPES = Chart.ROOT.resolve("deploy/src/test/types");
    /** What is left to this test. */
    static final List<String> KINDS = List.of("ScaledObject", "TriggerAuthentication", "PodMonitor", "PrometheusRule");

    private static final Path COMPILER = TYPES.resolve("node_modules/.bin/tsc");

    @Test
    void everyObjectIsOneThatItsOperatorKnows(@TempDir Path logs) throws Exception {
        Path program = TYPES.resolve("node_modules/objects.ts");

        assertThat(compiled(program, logs, objects())).isEmpty();
    }

    @Test
    void aMisspeltFieldWouldBeFound(@TempDir Path logs) throws Exception {
        Path program = TYPES.resolve("node_modules/misspelt.ts");

        assertThat(compiled(program, logs, objects().replace("pollingInterval", "polingInterval")))
                .contains("polingInterval");
    }

    private static String objects() throws IOException {
        StringBuilder program = new StringBuilder("""
                import { IScaledObject, ITriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1";
                import { IPodMonitor, IPrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
                """);
        int count = 0;
        for (Path values : Chart.valueSets()) {
            for (String kind : KINDS) {
                for (JsonNode object : Chart.drawn(values, kind)) {
                    program.append("const o%d: I%s = %s;%n".formatted(count++, kind, object));
                }
            }
        }
        return program.toString();
    }

    /** What the compiler says of a program; nothing where it is right. */
    private static String compiled(Path program, Path logs, String text) throws IOException, InterruptedException {
        Tools.require(Files.exists(COMPILER), "their types are not there; run npm ci in deploy/src/test/types");
        Files.writeString(program, text);
        Path said = logs.resolve("tsc.log");
        new ProcessBuilder(COMPILER.toString(), "--noEmit", "--strict", "--skipLibCheck", program.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        return Files.readString(said);
    }
}
