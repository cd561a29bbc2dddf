package org.facemill.splitter.packing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.datasets.Manifest;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.facemill.splitter.AlignedBlocks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class DatasetPackingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IMAGES = 3;
    private static final int SIDE = 112;

    private final Topic alignedBlocks = new Topic(Topics.ALIGNED_BLOCKS);
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final Topic requests = new Topic(Topics.DATASET_REQUESTS);
    private final Topic sealed = new Topic(Topics.DATASET_SEALED);
    private final Topic deadLetters = new Topic(Topics.deadLetters("splitter"));
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    private AlignedBlocks blocks;

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, IMAGES, 4);
        blocks = new AlignedBlocks(store, run);
    }

    @Test
    void aRequestedVersionIsPackedInAllFormatsAndSealed() {
        alignedBlocks.send(blocks.stored(4, 0, images(4)));
        alignedBlocks.send(blocks.stored(6, 0, images(6)));
        List<IdentityOutcome> identities = List.of(
                outcome(4),
                new IdentityOutcome(run, 5, 0, Outcome.DISCARDED, "aligner", "no face", Optional.empty()),
                outcome(6));

        requests.send(request(2, identities));

        DatasetSealed event =
                RecordDecoder.decode(sealed.await(PATIENCE, r -> r.key().equals(run)), DatasetSealed.class);
        Manifest manifest = Manifest.read("manifest", store.get(event.manifest()));
        assertThat(manifest.members()).extracting(Manifest.Member::ordinal).containsExactly(4L, 6L);
        assertThat(manifest.others()).containsExactly(new Manifest.Other(5, Outcome.DISCARDED, "no face"));
        assertThat(event.digest()).isEqualTo(manifest.digest()).isEqualTo(Manifest.digestOf(manifest.members()));
        String version = Buckets.dataset(run, 1);
        assertThat(store.list(Buckets.DATASETS, version + "folder/"))
                .containsExactly(
                        version + "folder/0000000/0000.png",
                        version + "folder/0000000/0001.png",
                        version + "folder/0000000/0002.png",
                        version + "folder/0000000/0003.png",
                        version + "folder/0000001/0000.png",
                        version + "folder/0000001/0001.png",
                        version + "folder/0000001/0002.png",
                        version + "folder/0000001/0003.png",
                        version + "folder/identities.csv");
        assertThat(store.list(Buckets.DATASETS, version + "recordio/")).contains(version + "recordio/train.rec");
        assertThat(image(version + "folder/0000001/0001.png"))
                .isEqualTo(images(6).get(1));
        // the first image again, as ID oversampling wants
        assertThat(image(version + "folder/0000001/0003.png"))
                .isEqualTo(images(6).get(0));
    }

    @Test
    void aSealedVersionIsAnnouncedAgainWithoutPacking() {
        alignedBlocks.send(blocks.stored(7, 0, images(7)));
        DatasetRequest request = request(1, List.of(outcome(7)));
        requests.send(request);
        sealed.await(PATIENCE, r -> r.key().equals(run));
        store.delete(Buckets.CROPS, Buckets.crops(run, 7));

        requests.send(request);

        List<DatasetSealed> events = sealed.await(PATIENCE, 2, r -> r.key().equals(run)).stream()
                .map(r -> RecordDecoder.decode(r, DatasetSealed.class))
                .toList();
        assertThat(events.get(1)).isEqualTo(events.get(0));
    }

    @Test
    void aRequestForMoreThanAreCompleteIsPutAway() {
        requests.send(request(2, List.of()));

        String reason = Topic.header(deadLetters.await(PATIENCE, r -> r.key().equals(run)), DeadLetterHeaders.REASON);
        assertThat(reason).contains("lists 0 complete identities, the request is for 2");
    }

    private DatasetRequest request(int identities, List<IdentityOutcome> members) {
        ObjectNode recipe = Json.MAPPER.createObjectNode().put("identities", 4).put("images", IMAGES);
        recipe.putObject("dataset")
                .put("copies", 1)
                .putArray("formats")
                .add("folder")
                .add("recordio");
        return new DatasetRequest(
                run,
                1,
                identities,
                store.putJson(Buckets.RUNS, Buckets.members(run, 1), members),
                store.putJson(Buckets.RUNS, Buckets.recipe(run), Recipes.parse(recipe)));
    }

    private IdentityOutcome outcome(long ordinal) {
        return RecordDecoder.decode(
                outcomes.await(PATIENCE, record -> record.key().equals(run + "/" + ordinal)), IdentityOutcome.class);
    }

    private RgbImage image(String key) {
        return Images.decode(store.find(Buckets.DATASETS, key).orElseThrow(), key, Limits.DEFAULT);
    }

    private static List<RgbImage> images(long seed) {
        return AlignedBlocks.noise(seed, IMAGES, SIDE);
    }
}
