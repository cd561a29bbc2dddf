package org.facemill.bench;

import java.util.List;
import java.util.function.Consumer;
import org.facemill.contracts.recipe.run.Alignment;
import org.facemill.contracts.recipe.run.FailurePolicy;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.detection.BlockAligner;
import org.facemill.detection.Mtcnn;
import org.facemill.detection.MtcnnOptions;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

final class AlignmentSpeed implements Section {

    private static final TileGrid GRID = new TileGrid(128, 4, 16);

    @Override
    public String name() {
        return "align";
    }

    @Override
    public String description() {
        return "a block of 16 painted tiles of 128x128, faces from 20 pixels: detection alone, and with the crops";
    }

    @Override
    public void run(int calls, Consumer<String> out) {
        List<RgbImage> tiles = PaintedFaces.of(1, GRID.count());
        RgbImage block = GRID.compose(tiles);
        try (Mtcnn detector = new Mtcnn()) {
            BlockAligner aligner = new BlockAligner(detector);
            for (double border : List.of(0.0, 0.25)) {
                MtcnnOptions options = MtcnnOptions.DEFAULT.withBorder(border);
                measure(calls, out, "detect, border " + border, () -> detector.detect(tiles, options));
                measure(
                        calls,
                        out,
                        "align,  border " + border,
                        () -> aligner.align(
                                block,
                                GRID,
                                GRID.count(),
                                new Alignment("mtcnn", FailurePolicy.RESIZE, Landmarks.EVALUATION, 20, border)));
            }
        }
    }

    private static void measure(int calls, Consumer<String> out, String what, Runnable work) {
        Stopwatch.of(10, work);
        Stopwatch time = Stopwatch.of(calls, work);
        out.accept("%s: %s, %6.1f tiles/s".formatted(what, time, GRID.count() * 1000 / time.best()));
    }
}
