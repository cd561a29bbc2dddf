package org.facemill.paintersampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
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

/** Paints the images of one identity into a block. A block that is there already is announced again, not painted again. */
final class BlockPainting implements Work<IdentityContext> {

    private static final int COLUMNS = 4;

    private final ObjectStore store;
    private final Origin origin;
    private final FacePainter painter = new FacePainter();

    BlockPainting(ObjectStore store, String version) {
        this.store = store;
        // painting is plain arithmetic: its bytes depend on no device
        this.origin = Origin.of(new Implementation("painter", version, ""));
    }

    /** What lies beside a finished block, as its commit mark: enough to announce it. */
    record Details(ObjectRef block, Grid grid, Origin origin) {}

    @Override
    public List<Announcement> apply(IdentityContext context, Heartbeat heartbeat) {
        String key = Buckets.blockDetails(context.run(), context.ordinal());
        Optional<Details> before = store.findJson(Buckets.BLOCKS, key, Details.class);
        Details details = before.orElseGet(() -> paint(context, heartbeat));
        if (before.isEmpty()) {
            store.putJson(Buckets.BLOCKS, key, details);
        }
        return List.of(new Announcement(
                context.nextTopic(),
                new RawBlock(
                        context.run(),
                        context.ordinal(),
                        context.attempt(),
                        details.block(),
                        details.grid(),
                        context.images(),
                        context.alignment(),
                        details.origin(),
                        context.encoder(),
                        context.topicAfterNext(),
                        context.topicsAfterThat())));
    }

    private Details paint(IdentityContext context, Heartbeat heartbeat) {
        int count = context.images() + context.sampling().spare();
        List<RgbImage> tiles = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            tiles.add(painter.paint(context.context(), context.seed(), context.ordinal(), image)
                    .image());
            heartbeat.beat();
        }
        byte[] png = Images.png(new TileGrid(FacePainter.TILE, COLUMNS, count).compose(tiles));
        ObjectRef block = store.put(Buckets.BLOCKS, Buckets.block(context.run(), context.ordinal()), png);
        return new Details(block, new Grid(FacePainter.TILE, COLUMNS, count), origin);
    }
}
