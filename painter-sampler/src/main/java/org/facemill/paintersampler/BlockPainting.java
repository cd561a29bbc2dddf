package org.facemill.paintersampler;

import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.document.BlockDetails;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.RawBlock;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.store.StoredResults;

/** Paints the images of one identity into a block. */
final class BlockPainting implements Work<IdentityContext> {

    private static final int COLUMNS = 4;

    private final ObjectStore store;
    private final StoredResults<BlockDetails> blocks;
    private final Origin origin;
    private final FacePainter painter = new FacePainter();

    BlockPainting(ObjectStore store, String version) {
        this.store = store;
        this.blocks = StoredResults.json(store, Buckets.BLOCKS, BlockDetails.class);
        // painting is plain arithmetic: its bytes depend on no device
        this.origin = Origin.of(new Implementation("painter", version, ""));
    }

    @Override
    public List<Announcement> apply(IdentityContext context, Heartbeat heartbeat) throws Exception {
        String key = Buckets.blockDetails(context.run(), context.ordinal());
        BlockDetails made =
                blocks.findOrMake(key, () -> paint(context, heartbeat)).value();
        return List.of(
                new Announcement(context.nextTopic(), RawBlock.of(context, made.block(), made.grid(), made.origin())));
    }

    private BlockDetails paint(IdentityContext context, Heartbeat heartbeat) {
        int count = context.images() + context.sampling().spare();
        List<RgbImage> tiles = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            tiles.add(painter.paint(context.context(), context.seed(), context.ordinal(), image)
                    .image());
            heartbeat.beat();
        }
        byte[] png = Images.png(new TileGrid(FacePainter.TILE, COLUMNS, count).compose(tiles));
        ObjectRef block = store.put(Buckets.BLOCKS, Buckets.block(context.run(), context.ordinal()), png);
        return new BlockDetails(block, new Grid(FacePainter.TILE, COLUMNS, count), origin);
    }
}
