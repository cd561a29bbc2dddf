package org.facemill.sampler;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.document.BlockDetails;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.recipe.run.Sampling;
import org.facemill.diffusion.identity.IdentitySampler;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.store.StoredResults;
import org.facemill.torch.Torch;

/** Samples the images of one identity into a block. */
final class BlockSampling implements Work<IdentityContext> {

    private static final int COLUMNS = 4;

    private final ObjectStore store;
    private final StoredResults<BlockDetails> blocks;
    private final LoadedModels models;
    private final String version;

    BlockSampling(ObjectStore store, LoadedModels models, String version) {
        this.store = store;
        this.blocks = StoredResults.json(store, Buckets.BLOCKS, BlockDetails.class);
        this.models = models;
        this.version = version;
    }

    @Override
    public List<Announcement> apply(IdentityContext context, Heartbeat heartbeat) throws Exception {
        String key = Buckets.blockDetails(context.run(), context.ordinal());
        BlockDetails made =
                blocks.findOrMake(key, () -> sample(context, heartbeat)).value();
        return List.of(
                new Announcement(context.nextTopic(), RawBlock.of(context, made.block(), made.grid(), made.origin())));
    }

    /** One identity at a time: a network uses all native threads, or the whole GPU. */
    private synchronized BlockDetails sample(IdentityContext context, Heartbeat heartbeat) throws IOException {
        Sampling recipe = context.sampling();
        LoadedModels.Loaded loaded = models.get(recipe.model(), recipe.precision());
        int count = context.images() + recipe.spare();
        IdentitySampler sampler = new IdentitySampler(
                loaded.model(), recipe.over(loaded.model().config().sampling()));
        List<RgbImage> tiles = sampler.sample(
                context.context(), context.seed(), context.ordinal(), count, (done, t, x) -> heartbeat.beat());
        Grid grid = new Grid(loaded.model().config().imageSize(), COLUMNS, count);
        byte[] png = Images.png(new TileGrid(grid.tileSize(), COLUMNS, count).compose(tiles));
        ObjectRef block = store.put(Buckets.BLOCKS, Buckets.block(context.run(), context.ordinal()), png);
        String device = Torch.device() + "/" + Torch.threads() + "/"
                + recipe.precision().name().toLowerCase(Locale.ROOT);
        Origin origin = new Origin(
                new Implementation(recipe.sampler(), version, ""),
                recipe.model(),
                loaded.sha256(),
                device,
                Optional.of(sampler.sampling()),
                Optional.empty());
        return new BlockDetails(block, grid, origin);
    }
}
