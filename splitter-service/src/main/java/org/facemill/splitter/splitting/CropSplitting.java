package org.facemill.splitter.splitting;

import java.io.IOException;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.datasets.CropArchive;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.store.StoredResults;
import org.facemill.platform.store.StoredResults.Stored;

/**
 * Cuts an aligned block into the crops of its identity, which is complete with that. Whoever aligned it: the block must be
 * what the run asks for, M crops of 112x112, and its details must tell of each.
 */
final class CropSplitting implements Work<AlignedBlock> {

    private static final String STAGE = "splitter";

    /** Largest block that is decoded: 12 bytes of memory each. */
    private static final long MAX_PIXELS = 64L << 20;

    private final ObjectStore store;
    private final RunRegistry runs;
    private final StoredResults<List<RgbImage>> archives;

    CropSplitting(ObjectStore store, RunRegistry runs) {
        this.store = store;
        this.runs = runs;
        this.archives = StoredResults.of(store, Buckets.CROPS, new Archive());
    }

    @Override
    public List<Announcement> apply(AlignedBlock event, Heartbeat heartbeat) throws Exception {
        check(event);
        Stored<List<RgbImage>> archive =
                archives.findOrMake(Buckets.crops(event.run(), event.ordinal()), () -> split(event));
        Crops crops = Crops.of(
                event,
                archive.ref(),
                archive.value().stream().map(RgbImage::sha256).toList());
        return List.of(
                new Announcement(event.nextTopic(), crops),
                new Announcement(Topics.IDENTITY_OUTCOMES, IdentityOutcome.complete(crops, STAGE)));
    }

    private void check(AlignedBlock event) {
        int images = runs.find(event.run()).orElseThrow().images();
        int count = event.grid().count();
        if (count != images || event.images() != images) {
            throw new IllegalArgumentException("the run asks for %d crops, the event tells of %d in a grid of %d"
                    .formatted(images, event.images(), count));
        }
    }

    private List<RgbImage> split(AlignedBlock event) throws IOException {
        AlignedDetails details =
                AlignedDetails.read(store.get(event.details()), event.details().key());
        if (details.images().size() != event.grid().count()) {
            throw new IllegalArgumentException(
                    event.details().key() + " tells of " + details.images().size() + " crops, the block has "
                            + event.grid().count());
        }
        TileGrid grid = new TileGrid(
                event.grid().tileSize(), event.grid().columns(), event.grid().count());
        Limits limits = new Limits(Math.max(grid.width(), grid.height()), MAX_PIXELS);
        ObjectRef block = event.block();
        return grid.cut(Images.decode(store.get(block), block.key(), limits));
    }

    /** Crops as a tar of PNGs. */
    private static final class Archive implements StoredResults.Format<List<RgbImage>> {

        @Override
        public byte[] write(List<RgbImage> crops) {
            return CropArchive.write(crops.stream().map(Images::png).toList());
        }

        @Override
        public List<RgbImage> read(byte[] bytes, String key) {
            return CropArchive.read(bytes, key).stream()
                    .map(png -> Images.decode(png, key, Limits.DEFAULT))
                    .toList();
        }
    }
}
