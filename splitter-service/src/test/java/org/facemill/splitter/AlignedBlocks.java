package org.facemill.splitter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.document.AlignedDetails.Treatment;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.platform.store.ObjectStore;

/** Aligned blocks of noise, stored and announced as an aligner does. */
public final class AlignedBlocks {

    private static final Origin ORIGIN =
            Origin.of(new Implementation("painter", "0.2.0", "")).alignedBy(new Implementation("mtcnn", "0.2.0", ""));

    private final ObjectStore store;
    private final String run;

    public AlignedBlocks(ObjectStore store, String run) {
        this.store = store;
        this.run = run;
    }

    /** An identity's block, stored. */
    public AlignedBlock stored(long ordinal, int attempt, List<RgbImage> images) {
        int side = images.get(0).width();
        byte[] png = Images.png(new TileGrid(side, 4, images.size()).compose(images));
        return event(
                ordinal,
                attempt,
                store.put(Buckets.ALIGNED, Buckets.aligned(run, ordinal), png),
                details(ordinal, images.size()),
                new Grid(side, 4, images.size()),
                images.size());
    }

    /** What tells of a block that is stored already. */
    public AlignedBlock event(long ordinal, int attempt, ObjectRef block, ObjectRef details, Grid grid, int images) {
        return new AlignedBlock(
                run,
                ordinal,
                attempt,
                block,
                details,
                grid,
                ORIGIN,
                images,
                Landmarks.EVALUATION,
                "reference",
                Topics.CROPS,
                List.of());
    }

    /** Stores details of so many crops. */
    public ObjectRef details(long ordinal, int count) {
        AlignedDetails details = new AlignedDetails(IntStream.range(0, count)
                .mapToObj(tile -> new AlignedDetails.Crop(tile, Treatment.ALIGNED, Optional.empty()))
                .toList());
        return details(ordinal, Json.MAPPER.valueToTree(details).toString());
    }

    /** Stores details as they are. */
    public ObjectRef details(long ordinal, String text) {
        return store.put(Buckets.ALIGNED, Buckets.alignedDetails(run, ordinal), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Pictures of noise, the same for the same seed. */
    public static List<RgbImage> noise(long seed, int count, int side) {
        Random random = new Random(seed);
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[side * side * 3];
            random.nextBytes(pixels);
            images.add(new RgbImage(side, side, pixels));
        }
        return images;
    }
}
