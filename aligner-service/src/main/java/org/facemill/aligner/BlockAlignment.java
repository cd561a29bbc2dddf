package org.facemill.aligner;

import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.RawBlock;
import org.facemill.detection.BlockAligner;
import org.facemill.detection.BlockAligner.Aligned;
import org.facemill.detection.BlockAligner.AlignedImage;
import org.facemill.detection.BlockAligner.Discarded;
import org.facemill.detection.Box;
import org.facemill.detection.Face;
import org.facemill.detection.ReferencePoints;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.store.StoredResults;
import org.facemill.platform.store.StoredResults.Stored;

/** Aligns the images of a block. */
final class BlockAlignment implements Work<RawBlock> {

    private static final String STAGE = "aligner";

    /** Largest block that is decoded: 12 bytes of memory each. */
    private static final long MAX_PIXELS = 64L << 20;

    private final ObjectStore store;
    private final StoredResults<Details> results;
    private final BlockAligner aligner;
    private final Implementation implementation;

    BlockAlignment(ObjectStore store, BlockAligner aligner, Implementation implementation) {
        this.store = store;
        this.results = StoredResults.json(store, Buckets.ALIGNED, Details.class);
        this.aligner = aligner;
        this.implementation = implementation;
    }

    /**
     * What lies beside the aligned block, as its commit mark: the contract's {@link AlignedDetails}, and what it takes to
     * announce it again.
     *
     * @param images    how each crop was made, in the grid's order
     * @param block     the grid of crops; empty where the identity is discarded
     * @param grid      how crops lie in it
     * @param discarded why the identity is discarded; empty where it is not
     */
    record Details(List<AlignedDetails.Crop> images, Optional<ObjectRef> block, Grid grid, String discarded) {}

    @Override
    public List<Announcement> apply(RawBlock raw, Heartbeat heartbeat) throws Exception {
        Stored<Details> result = results.findOrMake(Buckets.alignedDetails(raw.run(), raw.ordinal()), () -> align(raw));
        Details details = result.value();
        return List.of(
                details.block().isPresent()
                        ? new Announcement(
                                raw.nextTopic(),
                                AlignedBlock.of(
                                        raw, details.block().get(), result.ref(), details.grid(), implementation))
                        : new Announcement(
                                Topics.IDENTITY_OUTCOMES, IdentityOutcome.discarded(raw, STAGE, details.discarded())));
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
            return new Details(List.of(), Optional.empty(), grid, discarded.reason());
        }
        List<AlignedImage> images = ((Aligned) result).images();
        byte[] png = Images.png(new TileGrid(grid.tileSize(), grid.columns(), grid.count())
                .compose(images.stream().map(AlignedImage::crop).toList()));
        ObjectRef block = store.put(Buckets.ALIGNED, Buckets.aligned(event.run(), event.ordinal()), png);
        return new Details(images.stream().map(BlockAlignment::crop).toList(), Optional.of(block), grid, "");
    }

    private static AlignedDetails.Crop crop(AlignedImage image) {
        return new AlignedDetails.Crop(
                image.tile(), image.treatment(), image.face().map(BlockAlignment::face));
    }

    private static AlignedDetails.FoundFace face(Face face) {
        Box box = face.box();
        return new AlignedDetails.FoundFace(
                new AlignedDetails.Box(box.x1(), box.y1(), box.x2(), box.y2()),
                face.score(),
                face.points().stream()
                        .map(point -> new AlignedDetails.Point(point.x(), point.y()))
                        .toList());
    }
}
