package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.facemill.contracts.event.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ready is a promise: every worker's channel is assigned, so that a run is accepted at that moment and done. */
class ReadyTest {

    private static final String RUN = "{identities: 2, images: 2, seed: 3, sampling: {sampler: painter, spare: 2}}";

    @Test
    void aRunThatIsSubmittedAtTheMomentOfReadyIsDone(@TempDir Path state) throws Exception {
        try (Pipeline first = Pipeline.start(state)) {
            submitAndComplete(first);
        }
        // on what the first start left behind
        try (Pipeline second = Pipeline.start(state)) {
            submitAndComplete(second);
        }
    }

    private static void submitAndComplete(Pipeline pipeline) throws Exception {
        String run = pipeline.runs().submit(RUN).run();

        assertThat(pipeline.runs().status(pipeline.completed(run)).state()).isEqualTo(RunState.COMPLETED);
    }
}
