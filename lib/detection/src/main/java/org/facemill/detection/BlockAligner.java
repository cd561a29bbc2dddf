package org.facemill.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.facemill.contracts.document.AlignedDetails.Treatment;
import org.facemill.contracts.recipe.run.Alignment;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/**
 * Turns a block of images of one identity into crops of 112x112 pixels, as align.py of IDiff-Face does, and says of each
 * how it was made.
 *
 * <p>The same block gives the same bytes: images go through the detector in batches that depend on nothing else.
 * Thread safety: any number of calls at once.
 */
public final class BlockAligner {

    /** Tiles detected together; bounds memory, and is a whole block of the usual size. */
    private static final int BATCH = 64;

    private final Mtcnn detector;

    /** @param detector stays the caller's to close */
    public BlockAligner(Mtcnn detector) {
        this.detector = detector;
    }

    /** What became of a block. */
    public sealed interface Result permits Aligned, Discarded {}

    /**
     * As many crops as were wanted.
     *
     * @param images in the order of the block
     */
    public record Aligned(List<AlignedImage> images) implements Result {

        public Aligned {
            images = List.copyOf(images);
        }
    }

    /**
     * Too few images aligned.
     *
     * @param reason for people
     */
    public record Discarded(String reason) implements Result {}

    /**
     * One crop.
     *
     * @param tile      place of its image in the block, from 0
     * @param treatment how it was made
     * @param face      the face that was found, in pixels of the tile
     * @param crop      112x112 pixels
     */
    public record AlignedImage(int tile, Treatment treatment, Optional<Face> face, RgbImage crop) {}

    /**
     * Aligns a block.
     *
     * @param block     the grid as sampled; padding cells are ignored
     * @param grid      how images lie in it
     * @param wanted    crops that are wanted (M)
     * @param alignment which faces to look for, and what to do where there are none
     * @throws ImageException where the block is smaller or larger than its grid, or holds fewer images than are wanted
     */
    public Result align(RgbImage block, TileGrid grid, int wanted, Alignment alignment) {
        if (grid.count() < wanted) {
            throw new ImageException("the block holds " + grid.count() + " images, " + wanted + " are wanted");
        }
        List<RgbImage> tiles = grid.cut(block);
        return switch (alignment.policy()) {
            case SPARE -> firstAligned(tiles, wanted, alignment);
            case DISCARD -> firstAligned(tiles.subList(0, wanted), wanted, alignment);
            case RESIZE -> alignedOrResized(tiles.subList(0, wanted), alignment);
        };
    }

    private Result firstAligned(List<RgbImage> tiles, int wanted, Alignment alignment) {
        List<AlignedImage> images = new ArrayList<>();
        int next = 0;
        while (images.size() < wanted && images.size() + tiles.size() - next >= wanted) {
            int first = next;
            next = Math.min(tiles.size(), first + Math.min(wanted - images.size(), BATCH));
            List<Optional<Face>> faces = faces(tiles.subList(first, next), alignment);
            for (int i = first; i < next; i++) {
                int tile = i;
                faces.get(i - first).ifPresent(face -> images.add(aligned(tile, tiles.get(tile), face, alignment)));
            }
        }
        return images.size() == wanted
                ? new Aligned(images)
                : new Discarded("in " + (next - images.size()) + " of the first " + next + " images no face was found, "
                        + wanted + " of " + tiles.size() + " are wanted");
    }

    private Result alignedOrResized(List<RgbImage> tiles, Alignment alignment) {
        List<Optional<Face>> faces = new ArrayList<>();
        for (int first = 0; first < tiles.size(); first += BATCH) {
            faces.addAll(faces(tiles.subList(first, Math.min(tiles.size(), first + BATCH)), alignment));
        }
        int side = ReferencePoints.of(alignment.landmarks()).size();
        boolean all = faces.stream().allMatch(Optional::isPresent);
        return new Aligned(IntStream.range(0, tiles.size())
                .mapToObj(i -> all
                        ? aligned(i, tiles.get(i), faces.get(i).orElseThrow(), alignment)
                        : new AlignedImage(
                                i, Treatment.RESIZED, faces.get(i), Images.resizeBilinear(tiles.get(i), side, side)))
                .toList());
    }

    private List<Optional<Face>> faces(List<RgbImage> tiles, Alignment alignment) {
        List<List<Face>> found = detector.detect(tiles, MtcnnOptions.of(alignment));
        return IntStream.range(0, tiles.size())
                .mapToObj(i -> Face.nearestToCentre(
                        found.get(i), tiles.get(i).width(), tiles.get(i).height()))
                .toList();
    }

    private static AlignedImage aligned(int tile, RgbImage image, Face face, Alignment alignment) {
        return new AlignedImage(
                tile,
                Treatment.ALIGNED,
                Optional.of(face),
                ReferencePoints.of(alignment.landmarks()).align(image, face.points()));
    }
}
