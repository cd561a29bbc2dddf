package org.facemill.aligner;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RawBlock;
import org.facemill.detection.BlockAligner;
import org.facemill.detection.BlockAligner.Aligned;
import org.facemill.detection.BlockAligner.AlignedImage;
import org.facemill.detection.BlockAligner.Discarded;
import org.facemill.detection.Face;
import org.facemill.detection.ReferencePoints;
import org.facemill.detection.Treatment;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;

/** Aligns the images of a block. A block that was worked on before is announced again as it ended then. */
final class BlockAlignment implements Work<RawBlock> {

    /** Largest block that is decoded: 12 bytes of memory each. */
    private static final long MAX_PIXELS = 64L << 20;

    private final ObjectStore store;
    private final BlockAligner aligner;
    private final Implementation implementation;

    BlockAlignment(ObjectStore store, BlockAligner aligner, Implementation implementation) {
        this.store = store;
        this.aligner = aligner;
        this.implementation = implementation;
    }

    /**
     * What lies beside the aligned block, as its commit mark.
     *
     * @param block     the grid of crops; empty where the identity is discarded
     * @param grid      how crops lie in it
     * @param discarded why the identity is discarded; empty where it is not
     * @param images    how each crop was made, in the grid's order
     */
    record Details(Optional<ObjectRef> block, Grid grid, String discarded, List<Crop> images) {}

    /**
     * How a crop was made.
     *
     * @param tile      place of its image in the raw block, from 0
     * @param treatment aligned or resized
     * @param face      the face in the raw image: box, score, points in pixels
     */
    record Crop(int tile, Treatment treatment, Optional<Face> face) {}

    @Override
    public List<Announcement> apply(RawBlock event, Heartbeat heartbeat) throws IOException {
        String key = Buckets.alignedDetails(event.run(), event.ordinal());
        Optional<byte[]> before = store.find(Buckets.ALIGNED, key);
        byte[] json = before.isPresent() ? before.get() : Json.MAPPER.writeValueAsBytes(align(event));
        if (before.isEmpty()) {
            store.put(Buckets.ALIGNED, key, json);
        }
        Details details = Json.MAPPER.readValue(json, Details.class);
        return List.of(
                details.block().isPresent()
                        ? new Announcement(
                                event.nextTopic(),
                                aligned(event, details, details.block().get(), key, json))
                        : new Announcement(Topics.IDENTITY_OUTCOMES, discarded(event, details)));
    }

    private Details align(RawBlock event) {
        TileGrid raw = new TileGrid(
                event.grid().tileSize(), event.grid().columns(), event.grid().count());
        Limits limits = new Limits(Math.max(raw.width(), raw.height()), MAX_PIXELS);
        BlockAligner.Result result = aligner.align(
                Images.decode(store.get(event.block()), event.block().key(), limits),
                raw,
                event.images(),
                event.alignment());
        Grid grid = new Grid(
                ReferencePoints.of(event.alignment().landmarks()).size(),
                event.grid().columns(),
                event.images());
        if (result instanceof Discarded discarded) {
            return new Details(Optional.empty(), grid, discarded.reason(), List.of());
        }
        List<AlignedImage> images = ((Aligned) result).images();
        byte[] png = Images.png(new TileGrid(grid.tileSize(), grid.columns(), grid.count())
                .compose(images.stream().map(AlignedImage::crop).toList()));
        ObjectRef block = store.put(Buckets.ALIGNED, Buckets.aligned(event.run(), event.ordinal()), png);
        return new Details(
                Optional.of(block),
                grid,
                "",
                images.stream()
                        .map(image -> new Crop(image.tile(), image.treatment(), image.face()))
                        .toList());
    }

    private AlignedBlock aligned(RawBlock event, Details details, ObjectRef block, String key, byte[] json) {
        return new AlignedBlock(
                event.run(),
                event.ordinal(),
                event.attempt(),
                block,
                new ObjectRef(block.bucket(), key, DatasetDigest.sha256(json)),
                details.grid(),
                event.origin().alignedBy(implementation),
                event.images(),
                event.alignment().landmarks(),
                event.encoder(),
                event.topicAfterNext(),
                event.topicsAfterThat());
    }

    private static IdentityOutcome discarded(RawBlock event, Details details) {
        return new IdentityOutcome(
                event.run(),
                event.ordinal(),
                event.attempt(),
                Outcome.DISCARDED,
                "aligner",
                details.discarded(),
                Optional.empty());
    }
}
