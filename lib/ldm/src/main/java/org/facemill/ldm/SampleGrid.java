package org.facemill.ldm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.facemill.contracts.Noise;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.sampler.Denoiser;
import org.facemill.diffusion.sampler.DpmSolverPlusPlus2M;
import org.facemill.diffusion.sampler.NoiseSource;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/**
 * Pictures that show how a training gets on (create_and_save_sample_grid in main.py, with one row where the original has
 * three). Rows from the top: without context; synthetic contexts; the first of them with other noise; contexts of training
 * pictures; the first of them with other noise; those training pictures. An unconditional generator has the first and the last
 * row. The noise is the same each time.
 *
 * @param images the training's pictures
 */
record SampleGrid(ImageSet images, long seed) {

    private static final int COLUMNS = 8;
    private static final int STEPS = 20;
    /** Identities of this range are not drawn by anyone else. */
    private static final long FIRST_ORDINAL = 1L << 31;

    RgbImage draw(GeneratorModel model) {
        List<RgbImage> tiles = new ArrayList<>(sample(model, model.unconditional(), 0, COLUMNS));
        if (model.config().unet().isContextConditional()) {
            int length = model.config().unet().context().inputChannels();
            addRows(tiles, model, 1, column -> Noise.unitVector(seed, FIRST_ORDINAL + column, length));
            addRows(tiles, model, 1 + COLUMNS, column -> images.context(column % images.size()));
        }
        IntStream.range(0, COLUMNS)
                .mapToObj(column -> images.image(column % images.size()))
                .forEach(tiles::add);
        return new TileGrid(model.config().imageSize(), COLUMNS, tiles.size()).compose(tiles);
    }

    private interface ContextSource {
        float[] of(int column);
    }

    private void addRows(List<RgbImage> tiles, GeneratorModel model, int ordinal, ContextSource contexts) {
        for (int column = 0; column < COLUMNS; column++) {
            tiles.addAll(sample(model, model.conditional(contexts.of(column)), ordinal + column, 1));
        }
        tiles.addAll(sample(model, model.conditional(contexts.of(0)), ordinal, COLUMNS));
    }

    private List<RgbImage> sample(GeneratorModel model, Denoiser denoiser, int ordinal, int count) {
        NoiseSource noise = NoiseSource.of(seed, FIRST_ORDINAL + ordinal, 0, count);
        float[] start = new float[count * model.latentSize()];
        noise.draw(Noise.X_T, start);
        int steps = Math.min(STEPS, model.config().schedule().steps());
        return model.decode(new DpmSolverPlusPlus2M(model.config().schedule(), steps)
                .sample(denoiser, noise, start, (k, t, x) -> {}));
    }
}
