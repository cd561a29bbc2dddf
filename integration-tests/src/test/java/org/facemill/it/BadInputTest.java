package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.facemill.cli.runs.DeadLetter;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunStatus;
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
        assertThat(pipeline.images(run)).hasSize(3 * 2);
        List<String> reasons = sampler.deadLettersOfAligner(3);
        assertThat(reasons).anyMatch(reason -> reason.contains("no JSON"));
        assertThat(reasons).anyMatch(reason -> reason.contains("PNG"));
        assertThat(reasons).anyMatch(reason -> reason.contains("no key"));
    }

    @Test
    void aDeadLetterIsListedAndSentToItsTopicAgainAsANewAttempt() throws Exception {
        String run = pipeline.runs()
                .submit("{identities: 3, images: 2, sampling: {sampler: faulty, spare: 2}}")
                .run();
        pipeline.await(run, status -> status.state().terminal());

        RunClient client = pipeline.runs();
        List<DeadLetter> letters = client.deadLetters(Optional.of(run));
        DeadLetter noPicture = letters.stream()
                .filter(letter -> letter.reason().contains("PNG"))
                .findFirst()
                .orElseThrow();
        DeadLetter noJson = letters.stream()
                .filter(letter -> letter.reason().contains("no JSON"))
                .findFirst()
                .orElseThrow();

        assertThat(noPicture.stage()).isEqualTo("aligner");
        assertThat(noPicture.key()).isEqualTo(run + "/1");
        assertThat(client.replay(noPicture.id()).handled()).startsWith("sent again");
        assertThat(sampler.idsOfBlocks(run + "/1", 2)).hasSize(2).doesNotHaveDuplicates();
        assertThatThrownBy(() -> client.replay(noJson.id())).hasMessageContaining("is no valid event");
    }
}
