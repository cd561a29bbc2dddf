package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.Services;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broker and store stand still or are gone in the middle of a run, and come back: the run goes on, with no service started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {

    private static final String RUN = """
            identities: 24
            images: 4
            seed: 11
            sampling: {sampler: painter}
            """;
    /** Past delivery.timeout.ms (120 s), session.timeout.ms and max.poll.interval.ms of a client that polls on. */
    private static final Duration LONG = Duration.ofSeconds(150);

    private Pipeline pipeline;
    private Map<String, ProcessHandle> processes;
    private String undisturbed;

    @BeforeAll
    void start(@TempDir Path state) throws Exception {
        pipeline = Pipeline.start(state);
        processes = pipeline.processes(Services.forDatasets());
        undisturbed = pipeline.digest(pipeline.complete(RUN));
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    @ParameterizedTest
    @CsvSource({"broker, 1", "store, 1", "broker, 30", "store, 30"})
    void ofOneThatStandsStill(String program, int seconds) throws Exception {
        survives(() -> pipeline.freeze(Duration.ofSeconds(seconds), List.of(program)));
    }

    @ParameterizedTest
    @CsvSource({"broker, 1", "store, 1", "broker, 30", "store, 30"})
    void ofOneThatIsGoneAndRefusesConnections(String program, int seconds) throws Exception {
        survives(() -> pipeline.keepDown(Duration.ofSeconds(seconds), program));
    }

    @Test
    void ofBothUntilTheClientsHaveGivenUp() throws Exception {
        survives(() -> pipeline.freeze(LONG, List.of(Programs.BROKER, Programs.STORE)));
    }

    private interface Outage {
        void pass() throws Exception;
    }

    private void survives(Outage outage) throws Exception {
        String run = pipeline.runs().submit(RUN).run();
        pipeline.awaitBegun(run, "aligned");

        outage.pass();

        assertThat(pipeline.digest(pipeline.completed(run))).isEqualTo(undisturbed);
        assertThat(pipeline.runs().status(run).identities()).containsEntry("failed", 0L);
        assertThat(pipeline.processes(Services.forDatasets())).isEqualTo(processes);
    }
}
