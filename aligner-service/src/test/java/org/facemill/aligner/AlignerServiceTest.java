package org.facemill.aligner;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.recipe.run.Alignment;
import org.facemill.contracts.recipe.run.FailurePolicy;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class AlignerServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int WANTED = 3;

    private final Topic raw = new Topic(Topics.rawBlocks("mtcnn"));
    private final Topic aligned = new Topic(Topics.ALIGNED_BLOCKS);
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final Topic deadLetters = new Topic(Topics.deadLetters("aligner"));
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, 4, 10);
    }

    @Test
    void aBlockBecomesABlockOfCropsAndSaysHowEachWasMade() throws Exception {
        raw.send(block(1, 0, faces(5)));

        AlignedBlock event = announced(1, 0);

        assertThat(event.grid()).isEqualTo(new Grid(112, 4, WANTED));
        RgbImage image = Images.decode(store.get(event.block()), "aligned", Limits.DEFAULT);
        assertThat(new TileGrid(112, 4, WANTED).cut(image)).hasSize(WANTED);
        BlockAlignment.Details details =
                Json.MAPPER.readValue(store.get(event.details()), BlockAlignment.Details.class);
        assertThat(details.images())
                .hasSize(WANTED)
                .allMatch(crop -> crop.face().orElseThrow().score() > 0.7);
    }

    @Test
    void aRepeatedBlockIsAnnouncedAgainWithoutAligning() {
        raw.send(block(2, 0, faces(5)));
        AlignedBlock first = announced(2, 0);
        store.delete(Buckets.ALIGNED, Buckets.aligned(run, 2));

        raw.send(block(2, 1, faces(5)));

        AlignedBlock again = announced(2, 1);
        assertThat(again.block()).isEqualTo(first.block());
        assertThat(again.details()).isEqualTo(first.details());
        assertThat(store.exists(Buckets.ALIGNED, Buckets.aligned(run, 2))).isFalse();
    }

    @Test
    void anIdentityOfTooFewFacesIsDiscarded() {
        List<RgbImage> tiles = new ArrayList<>(faces(2));
        tiles.add(new RgbImage(128, 128, new byte[128 * 128 * 3]));
        raw.send(block(3, 0, tiles));

        IdentityOutcome outcome = outcome(3);

        assertThat(outcome.outcome()).isEqualTo(Outcome.DISCARDED);
        assertThat(outcome.reason()).contains("no face");
    }

    @Test
    void aBlockThatIsNoPictureFailsItsIdentityAndIsPutAway() {
        ObjectRef text = store.put(Buckets.BLOCKS, Buckets.block(run, 4), "no picture".getBytes());
        raw.send(block(4, 0, text, 5));

        assertThat(outcome(4).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome(4).reason()).contains("neither PNG nor JPEG");
        assertThat(Topic.header(deadLetter(4), DeadLetterHeaders.REASON)).contains("neither PNG nor JPEG");
    }

    @Test
    void aMalformedEventFailsTheIdentityOfItsKey() {
        raw.send(run + "/5", "{".getBytes(), Map.of());

        assertThat(outcome(5).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(deadLetter(5).value()).isEqualTo("{".getBytes());
    }

    private AlignedBlock announced(long ordinal, int attempt) {
        return RecordDecoder.decode(
                aligned.await(
                        PATIENCE,
                        record -> record.key().equals(run + "/" + ordinal)
                                && RecordDecoder.decode(record, AlignedBlock.class)
                                                .attempt()
                                        == attempt),
                AlignedBlock.class);
    }

    private IdentityOutcome outcome(long ordinal) {
        return RecordDecoder.decode(
                outcomes.await(PATIENCE, record -> record.key().equals(run + "/" + ordinal)), IdentityOutcome.class);
    }

    private ConsumerRecord<String, byte[]> deadLetter(long ordinal) {
        return deadLetters.await(PATIENCE, record -> record.key().equals(run + "/" + ordinal));
    }

    private RawBlock block(long ordinal, int attempt, List<RgbImage> tiles) {
        byte[] png = Images.png(new TileGrid(128, 4, tiles.size()).compose(tiles));
        return block(ordinal, attempt, store.put(Buckets.BLOCKS, Buckets.block(run, ordinal), png), tiles.size());
    }

    private RawBlock block(long ordinal, int attempt, ObjectRef block, int count) {
        return new RawBlock(
                run,
                ordinal,
                attempt,
                block,
                new Grid(128, 4, count),
                WANTED,
                new Alignment("mtcnn", FailurePolicy.SPARE, Landmarks.EVALUATION, 20, 0.25),
                Origin.of(new Implementation("painter", "0.2.0", "")),
                "reference",
                Topics.ALIGNED_BLOCKS,
                List.of(Topics.CROPS));
    }

    private static List<RgbImage> faces(int count) {
        FacePainter painter = new FacePainter();
        List<RgbImage> faces = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            faces.add(painter.paint(Noise.unitVector(7, 1, 512), 7, 1, image).image());
        }
        return faces;
    }
}
