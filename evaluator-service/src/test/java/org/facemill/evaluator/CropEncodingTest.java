package org.facemill.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

/** Crops become embeddings and live figures; what cannot be encoded is said. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class CropEncodingTest extends EvaluatorFixture {

    private final Topic embeddings = new Topic(Topics.EMBEDDINGS);

    @Test
    void cropsBecomeEmbeddingsAndLiveFigures() throws IOException {
        for (int ordinal = 0; ordinal < IDENTITIES; ordinal++) {
            crops.send(crops(ordinal, 0));
        }

        IdentityEmbeddings encoded = encoded(2, 0);
        assertThat(encoded.model()).isEqualTo("reference");
        assertThat(encoded.images()).isEqualTo(IMAGES);
        assertThat(CropEncoding.read(store, encoded.embeddings()).dimension()).isEqualTo(128);
        Evaluation live = evaluation(e -> e.kind() == EvaluationKind.LIVE && e.identities() == IDENTITIES);
        assertThat(live.images()).isEqualTo(IDENTITIES * IMAGES);
        assertThat(live.metrics().get("genuine_mean"))
                .isGreaterThan(live.metrics().get("impostor_mean"));
        assertThat(live.metrics().get("impostor_pairs")).isEqualTo(IDENTITIES * (IDENTITIES - 1) / 2 * IMAGES * IMAGES);
        assertThat(store.exists(Buckets.EVALUATIONS, run + "/live.html")).isTrue();
    }

    @Test
    void liveFiguresOfARunThatIsExtendedGoOnFromWhatWasCounted() {
        crops.send(crops(0, 0));
        crops.send(crops(1, 0));
        evaluation(e -> e.kind() == EvaluationKind.LIVE && e.identities() == 2);
        new Topic(Topics.RUNS).send(new RunEvent(run, RunState.COMPLETED, "", IMAGES, IDENTITIES));
        await().atMost(PATIENCE).until(() -> store.exists(Buckets.EVALUATIONS, Buckets.liveSnapshot(run, "reference")));

        new Topic(Topics.RUNS).send(new RunEvent(run, RunState.RUNNING, "", IMAGES, IDENTITIES + 1));
        crops.send(crops(2, 0));

        Evaluation live = evaluation(e -> e.kind() == EvaluationKind.LIVE && e.identities() == 3);
        assertThat(live.metrics().get("genuine_pairs")).isEqualTo(3 * 6);
        assertThat(live.metrics().get("impostor_pairs")).isEqualTo(3 * IMAGES * IMAGES);
    }

    @Test
    void repeatedCropsAreAnnouncedAgainWithoutEncoding() {
        crops.send(crops(7, 0));
        IdentityEmbeddings first = encoded(7, 0);
        store.delete(Buckets.CROPS, Buckets.crops(run, 7));

        crops.send(new Crops(
                run,
                7,
                1,
                new ObjectRef(Buckets.CROPS, Buckets.crops(run, 7), "0".repeat(64)),
                List.of("0".repeat(64)),
                origin(),
                Landmarks.EVALUATION,
                "reference"));

        assertThat(encoded(7, 1).embeddings()).isEqualTo(first.embeddings());
    }

    @Test
    void anIdentityThatCannotBeEncodedStaysCompleteAndTheEvaluationSaysWhy() throws IOException {
        Crops large = crops(2, 0, "reference", 128);
        crops.send(large);

        ConsumerRecord<String, byte[]> letter = new Topic(Topics.deadLetters("evaluator"))
                .await(PATIENCE, r -> r.key().equals(run + "/2"));
        assertThat(Topic.header(letter, DeadLetterHeaders.REASON))
                .contains(run + "/2.tar image 0")
                .contains("128x128");
        assertThat(new Topic(Topics.IDENTITY_OUTCOMES).now(r -> (run + "/2").equals(r.key())))
                .isEmpty();

        new Topic(Topics.DATASET_SEALED).send(sealed(members(crops(0, 0), crops(1, 0), large, crops(3, 0))));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.metrics())
                .containsEntry("omitted", 1.0)
                .containsEntry("genuine_pairs", 3 * 6.0)
                .containsKey("eer");
        assertThat(omitted(evaluation).get("name").asText()).isEqualTo("identity 2");
        assertThat(omitted(evaluation).get("reason").asText()).contains("128x128");
    }

    private IdentityEmbeddings encoded(long ordinal, int attempt) {
        ConsumerRecord<String, byte[]> record = embeddings.await(
                PATIENCE,
                r -> r.key().equals(run + "/" + ordinal)
                        && RecordDecoder.decode(r, IdentityEmbeddings.class).attempt() == attempt);
        return RecordDecoder.decode(record, IdentityEmbeddings.class);
    }
}
