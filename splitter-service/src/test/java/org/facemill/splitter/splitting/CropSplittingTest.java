package org.facemill.splitter.splitting;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.datasets.CropArchive;
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
class CropSplittingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IMAGES = 3;
    private static final int SIDE = AlignedBlock.CROP_SIZE;

    private final Topic alignedBlocks = new Topic(Topics.ALIGNED_BLOCKS);
    private final Topic crops = new Topic(Topics.CROPS);
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final Topic deadLetters = new Topic(Topics.deadLetters("splitter"));
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    private AlignedBlocks blocks;

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, IMAGES, 10);
        blocks = new AlignedBlocks(store, run);
    }

    @Test
    void anAlignedBlockBecomesItsCropsAndTheIdentityIsComplete() {
        List<RgbImage> images = images(1);
        alignedBlocks.send(blocks.stored(1, 0, images));

        Crops event = announced(1, 0);

        List<RgbImage> stored = CropArchive.read(store.get(event.archive()), "crops").stream()
                .map(png -> Images.decode(png, "crop", Limits.DEFAULT))
                .toList();
        assertThat(stored).isEqualTo(images);
        assertThat(event.pixelSha256())
                .isEqualTo(images.stream().map(RgbImage::sha256).toList());
        assertThat(event.encoder()).isEqualTo("reference");
        assertThat(outcome(1).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(outcome(1).crops()).contains(event);
    }

    @Test
    void aRepeatedBlockIsAnnouncedAgainWithoutCutting() {
        AlignedBlock block = blocks.stored(2, 0, images(2));
        alignedBlocks.send(block);
        Crops first = announced(2, 0);
        store.delete(Buckets.ALIGNED, Buckets.aligned(run, 2));

        alignedBlocks.send(blocks.event(2, 1, block.block(), block.details(), block.grid(), IMAGES));

        Crops again = announced(2, 1);
        assertThat(again.archive()).isEqualTo(first.archive());
        assertThat(again.pixelSha256()).isEqualTo(first.pixelSha256());
    }

    @Test
    void aBlockThatIsNoPictureFailsItsIdentityAndIsPutAway() {
        ObjectRef text = store.put(Buckets.ALIGNED, Buckets.aligned(run, 3), "no picture".getBytes());
        alignedBlocks.send(blocks.event(3, 0, text, blocks.details(3, IMAGES), new Grid(SIDE, 4, IMAGES), IMAGES));

        assertFailed(3, "neither PNG nor JPEG");
        String reason =
                Topic.header(deadLetters.await(PATIENCE, r -> r.key().equals(run + "/3")), DeadLetterHeaders.REASON);
        assertThat(reason).contains("neither PNG nor JPEG");
    }

    @Test
    void moreOrFewerCropsThanTheRunAsksForFailTheirIdentity() {
        alignedBlocks.send(blocks.stored(4, 0, AlignedBlocks.noise(4, IMAGES + 2, SIDE)));
        alignedBlocks.send(blocks.stored(5, 0, AlignedBlocks.noise(5, IMAGES - 2, SIDE)));

        assertFailed(4, "the run asks for 3 crops, the event tells of 5 in a grid of 5");
        assertFailed(5, "the run asks for 3 crops, the event tells of 1 in a grid of 1");
    }

    @Test
    void cropsOfAnotherSizeFailTheirIdentity() {
        alignedBlocks.send(blocks.stored(6, 0, AlignedBlocks.noise(6, IMAGES, 128)));

        assertFailed(6, "$.grid.tile_size: must be the constant value '112'");
        assertThat(store.exists(Buckets.CROPS, Buckets.crops(run, 6))).isFalse();
    }

    @Test
    void aGridThatIsNotThatOfThePictureFailsItsIdentity() {
        AlignedBlock block = blocks.stored(7, 0, AlignedBlocks.noise(7, IMAGES + 1, SIDE));
        alignedBlocks.send(
                blocks.event(7, 0, block.block(), blocks.details(7, IMAGES), new Grid(SIDE, 4, IMAGES), IMAGES));

        assertFailed(7, "448 x 112 pixels, the limit is 336");
    }

    @Test
    void detailsThatAreNotThereOrOthersFailTheirIdentity() {
        AlignedBlock block = blocks.stored(8, 0, images(8));
        ObjectRef details = block.details();
        alignedBlocks.send(blocks.event(
                8,
                0,
                block.block(),
                new ObjectRef(details.bucket(), details.key() + ".gone", details.sha256()),
                block.grid(),
                IMAGES));
        AlignedBlock other = blocks.stored(9, 0, images(9));
        blocks.details(9, "{\"images\":[]}");
        alignedBlocks.send(other);

        assertFailed(8, "is not in the object store");
        assertFailed(9, "was it overwritten?");
    }

    @Test
    void detailsThatSayNothingOfEachCropFailTheirIdentity() {
        List<String> details = List.of(
                "no JSON",
                "{}",
                "{\"images\":[{\"tile\":0,\"treatment\":\"aligned\"}]}",
                "{\"images\":[{\"tile\":0,\"treatment\":\"guessed\"}]}");
        for (int i = 0; i < details.size(); i++) {
            AlignedBlock block = blocks.stored(10 + i, 0, images(10 + i));
            ObjectRef ref = blocks.details(10 + i, details.get(i));
            alignedBlocks.send(blocks.event(10 + i, 0, block.block(), ref, block.grid(), IMAGES));
        }

        assertFailed(10, "is no JSON");
        assertFailed(11, "is no aligned-details.v1: $.images");
        assertFailed(12, "tells of 1 crops, the block has 3");
        assertFailed(13, "$.images[0].treatment");
    }

    private void assertFailed(long ordinal, String reason) {
        assertThat(outcome(ordinal).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome(ordinal).reason()).contains(reason);
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

    private static List<RgbImage> images(long seed) {
        return AlignedBlocks.noise(seed, IMAGES, SIDE);
    }
}
