package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.RunState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that nobody knew before, plugged in by its topic alone, sends what cannot be worked on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private Pipeline pipeline;
    private FaultySampler sampler;

    @BeforeAll
    void start(@TempDir Path state) throws Exception {
        pipeline = Pipeline.start(state);
        sampler = new FaultySampler(pipeline);
    }

    @AfterAll
    void stop() {
        sampler.close();
        pipeline.close();
    }

    @Test
    void whatCannotBeWorkedOnFailsItsIdentityWithAReasonAndTheRunGoesOn() throws Exception {
        String run = pipeline.runs()
                .submit("{identities: 3, images: 2, sampling: {sampler: faulty, spare: 2}}")
                .run();

        RunStatus end = pipeline.await(run, status -> status.state().terminal());

        assertThat(end.state()).as(end.reason()).isEqualTo(RunState.COMPLETED);
        assertThat(end.identities()).containsEntry("failed", 2L).containsEntry("complete", 3L);
        assertThat(pipeline.objects(Buckets.DATASETS, Buckets.dataset(run, 1) + "folder/"))
                .hasSize(3 * 2);
        List<String> reasons = sampler.deadLettersOfAligner(3);
        assertThat(reasons).anyMatch(reason -> reason.contains("no JSON"));
        assertThat(reasons).anyMatch(reason -> reason.contains("PNG"));
        assertThat(reasons).anyMatch(reason -> reason.contains("no key"));
    }
}
