package org.facemill.splitter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetter;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.datasets.CropArchive;
import org.facemill.datasets.Manifest;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class SplitterServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IMAGES = 3;
    private static final Origin ORIGIN = Origin.of(new Implementation("painter", "0.2.0", ""));

    private final Topic alignedBlocks = new Topic(Topics.ALIGNED_BLOCKS);
    private final Topic crops = new Topic(Topics.CROPS);
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final Topic requests = new Topic(Topics.DATASET_REQUESTS);
    private final Topic sealed = new Topic(Topics.DATASET_SEALED);
    private final Topic deadLetters = new Topic(Topics.deadLetters("splitter"));
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    @Test
    void anAlignedBlockBecomesItsCropsAndTheIdentityIsComplete() {
        List<RgbImage> images = images(1);
        alignedBlocks.send(block(1, 0, images));

        Crops event = announced(1, 0);

        List<RgbImage> stored = CropArchive.read(store.get(event.archive()), "crops").stream()
                .map(png -> Images.decode(png, "crop", Limits.DEFAULT))
                .toList();
        assertThat(stored).isEqualTo(images);
        assertThat(event.pixelSha256())
                .isEqualTo(images.stream().map(RgbImage::sha256).toList());
        assertThat(outcome(1).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(outcome(1).crops()).contains(event);
    }

    @Test
    void aRepeatedBlockIsAnnouncedAgainWithoutCutting() {
        AlignedBlock block = block(2, 0, images(2));
        alignedBlocks.send(block);
        Crops first = announced(2, 0);
        store.delete(Buckets.ALIGNED, Buckets.aligned(run, 2));

        alignedBlocks.send(new AlignedBlock(
                run,
                2,
                1,
                block.block(),
                block.details(),
                block.grid(),
                ORIGIN,
                IMAGES,
                Landmarks.EVALUATION,
                "reference",
                Topics.CROPS,
                List.of()));

        Crops again = announced(2, 1);
        assertThat(again.archive()).isEqualTo(first.archive());
        assertThat(again.pixelSha256()).isEqualTo(first.pixelSha256());
    }

    @Test
    void aBlockThatIsNoPictureFailsItsIdentityAndIsPutAway() {
        ObjectRef text = store.put(Buckets.ALIGNED, Buckets.aligned(run, 3), "no picture".getBytes());
        alignedBlocks.send(new AlignedBlock(
                run,
                3,
                0,
                text,
                text,
                new Grid(112, 4, IMAGES),
                ORIGIN,
                IMAGES,
                Landmarks.EVALUATION,
                "reference",
                Topics.CROPS,
                List.of()));

        assertThat(outcome(3).outcome()).isEqualTo(Outcome.FAILED);
        String reason = Topic.header(deadLetters.await(PATIENCE, r -> r.key().equals(run + "/3")), DeadLetter.REASON);
        assertThat(reason).contains("neither PNG nor JPEG");
    }

    @Test
    void aRequestedVersionIsPackedInAllFormatsAndSealed() {
        alignedBlocks.send(block(4, 0, images(4)));
        alignedBlocks.send(block(6, 0, images(6)));
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
                        version + "folder/0000001/0003.png");
        assertThat(store.list(Buckets.DATASETS, version + "recordio/")).contains(version + "recordio/train.rec");
        assertThat(image(version + "folder/0000001/0001.png"))
                .isEqualTo(images(6).get(1));
        // the first image again, as ID oversampling wants
        assertThat(image(version + "folder/0000001/0003.png"))
                .isEqualTo(images(6).get(0));
    }

    @Test
    void aSealedVersionIsAnnouncedAgainWithoutPacking() {
        alignedBlocks.send(block(7, 0, images(7)));
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

        String reason = Topic.header(deadLetters.await(PATIENCE, r -> r.key().equals(run)), DeadLetter.REASON);
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

    private Crops announced(long ordinal, int attempt) {
        return RecordDecoder.decode(
                crops.await(
                        PATIENCE,
                        record -> record.key().equals(run + "/" + ordinal)
                                && RecordDecoder.decode(record, Crops.class).attempt() == attempt),
                Crops.class);
    }

    private IdentityOutcome outcome(long ordinal) {
        return RecordDecoder.decode(
                outcomes.await(PATIENCE, record -> record.key().equals(run + "/" + ordinal)), IdentityOutcome.class);
    }

    private RgbImage image(String key) {
        return Images.decode(store.find(Buckets.DATASETS, key).orElseThrow(), key, Limits.DEFAULT);
    }

    private AlignedBlock block(long ordinal, int attempt, List<RgbImage> images) {
        byte[] png = Images.png(new TileGrid(112, 4, images.size()).compose(images));
        ObjectRef block = store.put(Buckets.ALIGNED, Buckets.aligned(run, ordinal), png);
        ObjectRef details = store.put(Buckets.ALIGNED, Buckets.alignedDetails(run, ordinal), "{}".getBytes());
        return new AlignedBlock(
                run,
                ordinal,
                attempt,
                block,
                details,
                new Grid(112, 4, images.size()),
                ORIGIN,
                images.size(),
                Landmarks.EVALUATION,
                "reference",
                Topics.CROPS,
                List.of());
    }

    private static List<RgbImage> images(long seed) {
        Random random = new Random(seed);
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            byte[] pixels = new byte[112 * 112 * 3];
            random.nextBytes(pixels);
            images.add(new RgbImage(112, 112, pixels));
        }
        return images;
    }
}
