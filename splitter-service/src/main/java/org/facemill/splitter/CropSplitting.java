package org.facemill.splitter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
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
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;

/**
 * Cuts an aligned block into the crops of its identity, which is complete with that. Crops that are there already are
 * announced again, not cut again.
 */
final class CropSplitting implements Work<AlignedBlock> {

    /** Largest block that is decoded: 12 bytes of memory each. */
    private static final long MAX_PIXELS = 64L << 20;

    private final ObjectStore store;

    CropSplitting(ObjectStore store) {
        this.store = store;
    }

    /** A stored archive and the pixel hashes of what it holds. */
    private record Archive(ObjectRef ref, List<String> pixelSha256) {}

    @Override
    public List<Announcement> apply(AlignedBlock event, Heartbeat heartbeat) throws IOException {
        String key = Buckets.crops(event.run(), event.ordinal());
        Archive archive = store.exists(Buckets.CROPS, key) ? read(key) : split(event, key);
        Crops crops = new Crops(
                event.run(),
                event.ordinal(),
                event.attempt(),
                archive.ref(),
                archive.pixelSha256(),
                event.origin(),
                event.landmarks(),
                event.encoder());
        return List.of(
                new Announcement(event.nextTopic(), crops),
                new Announcement(
                        Topics.IDENTITY_OUTCOMES,
                        new IdentityOutcome(
                                event.run(),
                                event.ordinal(),
                                event.attempt(),
                                Outcome.COMPLETE,
                                "splitter",
                                "",
                                Optional.of(crops))));
    }

    private Archive split(AlignedBlock event, String key) {
        TileGrid grid = new TileGrid(
                event.grid().tileSize(), event.grid().columns(), event.grid().count());
        Limits limits = new Limits(Math.max(grid.width(), grid.height()), MAX_PIXELS);
        List<RgbImage> crops =
                grid.cut(Images.decode(store.get(event.block()), event.block().key(), limits));
        ObjectRef ref = store.put(
                Buckets.CROPS,
                key,
                CropArchive.write(crops.stream().map(Images::png).toList()));
        return new Archive(ref, crops.stream().map(RgbImage::sha256).toList());
    }

    private Archive read(String key) throws IOException {
        Path file = Files.createTempFile("facemill-crops-", ".tar");
        try {
            ObjectRef ref = store.download(Buckets.CROPS, key, file);
            return new Archive(
                    ref,
                    CropArchive.read(Files.readAllBytes(file), key).stream()
                            .map(png -> Images.decode(png, key, Limits.DEFAULT).sha256())
                            .toList());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
