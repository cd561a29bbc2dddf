package org.facemill.cli.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.images.Images;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;

/** Raw blocks of painted faces, of which aligned blocks are to come, or that the identity is discarded. */
final class AlignerWork implements Workpiece {

    private static final int COLUMNS = 4;
    private static final int SIDE = 112;

    private final String name;
    private final Recipe recipe;
    private final List<String> way;
    private final Store objects;
    private final Grid grid;
    private final byte[] png;

    /** @param way topics of the results: of this stage, and of the stage after it, which nobody reads */
    AlignerWork(String name, Recipe recipe, List<String> way, Store objects) {
        this.name = name;
        this.recipe = recipe;
        this.way = way;
        this.objects = objects;
        int count = recipe.images() + recipe.sampling().spare();
        this.grid = new Grid(FacePainter.TILE, COLUMNS, count);
        this.png = Images.png(new TileGrid(grid.tileSize(), COLUMNS, count).compose(Faces.paint(count)));
    }

    @Override
    public String reads() {
        return Topics.rawBlocks(name);
    }

    @Override
    public String answersAt() {
        return way.get(0);
    }

    @Override
    public EventType gives() {
        return EventType.ALIGNED_BLOCK;
    }

    @Override
    public boolean failsIdentities() {
        return true;
    }

    @Override
    public RawBlock make(String run, long ordinal) {
        return new RawBlock(
                run,
                ordinal,
                0,
                objects.put(Buckets.BLOCKS, Buckets.block(run, ordinal), png),
                grid,
                recipe.images(),
                recipe.alignment(),
                Origin.of(new Implementation("conformance", "1", "")),
                recipe.evaluation().encoder(),
                way.get(0),
                way.subList(1, way.size()));
    }

    @Override
    public Map<String, IdentityEvent> impossible(LongFunction<IdentityEvent> make) {
        Map<String, IdentityEvent> events = new LinkedHashMap<>();
        events.put("block that is not there", withBlock(make.apply(0), "key", "conformance/nothing.png"));
        events.put("block in a bucket that does not exist", withBlock(make.apply(1), "bucket", "no-such-bucket"));
        events.put("block of another SHA-256", withBlock(make.apply(2), "sha256", "0".repeat(64)));
        IdentityEvent noPicture = make.apply(3);
        ObjectRef text = objects.put(
                Buckets.BLOCKS,
                Buckets.block(noPicture.run(), noPicture.ordinal()),
                "no picture".getBytes(StandardCharsets.UTF_8));
        events.put("block that is no picture", withBlock(noPicture, "sha256", text.sha256()));
        events.put(
                "grid of another size than the picture",
                Workpiece.changed(
                        make.apply(4), event -> event.withObject("/grid").put("columns", 1)));
        events.put(
                "next_topic that does not exist",
                Workpiece.changed(make.apply(5), event -> event.put("next_topic", way.get(0) + ".nowhere")));
        return events;
    }

    private static IdentityEvent withBlock(IdentityEvent raw, String field, String value) {
        return Workpiece.changed(raw, event -> event.withObject("/block").put(field, value));
    }

    @Override
    public Result inspect(IdentityEvent given, IdentityEvent result, Inspection inspection) throws IOException {
        RawBlock raw = (RawBlock) given;
        AlignedBlock aligned = (AlignedBlock) result;
        inspection.handedOn("images", raw.images(), aligned.images());
        inspection.handedOn("landmarks", raw.alignment().landmarks(), aligned.landmarks());
        inspection.handedOn("encoder", raw.encoder(), aligned.encoder());
        inspection.handedOn(
                "origin.sampler", raw.origin().sampler(), aligned.origin().sampler());
        inspection.way(raw, aligned.nextTopic(), aligned.laterTopics());
        inspection.content(
                aligned.grid().count() == raw.images() && aligned.grid().tileSize() == SIDE,
                "the grid has " + aligned.grid().count() + " crops of "
                        + aligned.grid().tileSize() + " pixels, " + raw.images() + " of " + SIDE + " are wanted");
        inspection.content(
                aligned.origin().aligner().map(Implementation::name).equals(Optional.of(name)),
                "origin does not name the aligner " + name);
        inspection.liesAt("block", aligned.block(), Buckets.ALIGNED, Buckets.aligned(raw.run(), raw.ordinal()));
        inspection.liesAt(
                "details", aligned.details(), Buckets.ALIGNED, Buckets.alignedDetails(raw.run(), raw.ordinal()));
        Optional<byte[]> details = inspection.stored("details", aligned.details());
        if (details.isPresent()) {
            inspectDetails(AlignedDetails.read(details.get(), "the details"), raw, inspection);
        }
        Optional<byte[]> block = inspection.stored("block", aligned.block());
        String digest = block.isPresent() ? inspection.pixels(block.get(), aligned.grid()) : "";
        return new Result(List.of(aligned.block(), aligned.details()), digest);
    }

    private void inspectDetails(AlignedDetails details, RawBlock raw, Inspection inspection) {
        inspection.content(
                details.images().size() == raw.images(),
                "the details tell of " + details.images().size() + " crops, " + raw.images() + " are wanted");
        long tiles = details.images().stream()
                .mapToInt(AlignedDetails.Crop::tile)
                .filter(tile -> tile < raw.grid().count())
                .distinct()
                .count();
        inspection.content(tiles == details.images().size(), "the details do not name a tile of its own for each crop");
    }
}
