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

/** Broker and store stand still in the middle of a run, and go on: so does the run, with no process started again. */
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

    @Test
    void ofABrokerForASecond() throws Exception {
        survives(Duration.ofSeconds(1), Programs.BROKER);
    }

    @Test
    void ofAStoreForASecond() throws Exception {
        survives(Duration.ofSeconds(1), Programs.STORE);
    }

    @Test
    void ofABrokerForHalfAMinute() throws Exception {
        survives(Duration.ofSeconds(30), Programs.BROKER);
    }

    @Test
    void ofBothUntilTheClientsHaveGivenUp() throws Exception {
        survives(LONG, Programs.BROKER, Programs.STORE);
    }

    private void survives(Duration outage, String... programs) throws Exception {
        String run = pipeline.runs().submit(RUN).run();
        pipeline.awaitBegun(run, "aligned");

        pipeline.freeze(outage, List.of(programs));

        assertThat(pipeline.digest(pipeline.completed(run))).isEqualTo(undisturbed);
        assertThat(pipeline.runs().status(run).identities()).containsEntry("failed", 0L);
        assertThat(pipeline.processes(Services.forDatasets())).isEqualTo(processes);
    }
}
