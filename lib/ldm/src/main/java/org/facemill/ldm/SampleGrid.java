package org.facemill.ldm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.facemill.contracts.Noise;
import org.facemill.diffusion.identity.IdentitySampler;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/**
 * Pictures that show a training's progress (create_and_save_sample_grid in main.py, with one row where the original has
 * three), sampled as the model is meant to be. Rows from the top: without context; synthetic contexts; the first of them with
 * other noise; contexts of training pictures; the first of them with other noise; those training pictures. An unconditional
 * generator has the first and the last row. The noise is the same each time.
 *
 * @param images the training's pictures
 */
record SampleGrid(ImageSet images, long seed) {

    private static final int COLUMNS = 8;
    /** Nothing else draws identities of this range. */
    private static final long FIRST_ORDINAL = 1L << 31;

    RgbImage draw(GeneratorModel model) {
        IdentitySampler sampler = new IdentitySampler(model, model.config().sampling());
        List<RgbImage> tiles =
                new ArrayList<>(sampler.sampleWithoutContext(seed, FIRST_ORDINAL, COLUMNS, StepListener.NONE));
        if (model.config().unet().isContextConditional()) {
            int length = model.config().unet().context().inputChannels();
            addRows(tiles, sampler, 1, column -> Noise.unitVector(seed, FIRST_ORDINAL + column, length));
            addRows(tiles, sampler, 1 + COLUMNS, column -> images.context(column % images.size()));
        }
        IntStream.range(0, COLUMNS)
                .mapToObj(column -> images.image(column % images.size()))
                .forEach(tiles::add);
        return new TileGrid(model.config().imageSize(), COLUMNS, tiles.size()).compose(tiles);
    }

    /** An image of each context, then more images of the first. */
    private void addRows(List<RgbImage> tiles, IdentitySampler sampler, int first, IntFunction<float[]> contexts) {
        for (int column = 0; column < COLUMNS; column++) {
            long ordinal = FIRST_ORDINAL + first + column;
            tiles.addAll(sampler.sample(contexts.apply(column), seed, ordinal, 1, StepListener.NONE));
        }
        tiles.addAll(sampler.sample(contexts.apply(0), seed, FIRST_ORDINAL + first, COLUMNS, StepListener.NONE));
    }
}
