package org.facemill.detection;

import java.util.ArrayList;
import java.util.List;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Network;
import org.facemill.torch.Scope;

/**
 * The first stage: P-Net slides over a pyramid of scaled copies of the images and proposes boxes. Images of one size go
 * through together, in strips of rows where they are large, so that memory stays bounded and results do not change.
 */
final class Pyramid {

    /** Side of the window that P-Net judges, and the smallest picture it takes. */
    private static final int CELL = 12;

    private static final int STRIDE = 2;
    /** Pixels that one run of the network takes; its activations are about 100 bytes for each. */
    static final int PIXELS_PER_RUN = 1 << 20;

    private static final float OVERLAP_WITHIN_SCALE = 0.5f;
    private static final float OVERLAP_ACROSS_SCALES = 0.7f;

    private final Network network;
    private final MtcnnOptions options;
    private final int pixelsPerRun;

    Pyramid(Network network, MtcnnOptions options, int pixelsPerRun) {
        this.network = network;
        this.options = options;
        this.pixelsPerRun = pixelsPerRun;
    }

    /**
     * Boxes that may hold a face, their offsets applied, made square.
     *
     * @param images  of one size
     * @param indices their places in the batch, which the candidates name
     */
    List<Candidate> propose(List<SummedAreaTable> images, List<Integer> indices) {
        List<List<Candidate>> found = new ArrayList<>();
        images.forEach(image -> found.add(new ArrayList<>()));
        for (double scale : scales(images.get(0))) {
            List<List<Candidate>> atScale = new ArrayList<>();
            images.forEach(image -> atScale.add(new ArrayList<>()));
            scan(images, scale, atScale);
            for (int i = 0; i < images.size(); i++) {
                found.get(i).addAll(Overlap.UNION.suppress(atScale.get(i), OVERLAP_WITHIN_SCALE));
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            int image = indices.get(i);
            Overlap.UNION
                    .suppress(found.get(i), OVERLAP_ACROSS_SCALES)
                    .forEach(c -> candidates.add(new Candidate(
                            image, c.box().regressed(c.offsets(), 0).square(), c.score(), c.offsets())));
        }
        return candidates;
    }

    private List<Double> scales(SummedAreaTable image) {
        List<Double> scales = new ArrayList<>();
        double scale = (double) CELL / options.minFaceSize();
        double side = Math.min(image.width(), image.height()) * scale;
        while (side >= CELL) {
            scales.add(scale);
            scale *= options.scaleFactor();
            side *= options.scaleFactor();
        }
        return scales;
    }

    /** One level of the pyramid, cut into runs of the network. */
    private void scan(List<SummedAreaTable> images, double scale, List<List<Candidate>> found) {
        int width = (int) (images.get(0).width() * scale + 1);
        int height = (int) (images.get(0).height() * scale + 1);
        int together = Math.max(1, Math.min(images.size(), pixelsPerRun / (width * CELL)));
        int cellsTogether = Math.max(1, (pixelsPerRun / (together * width) - CELL) / STRIDE + 1);
        int cells = cells(height);
        for (int image = 0; image < images.size(); image += together) {
            int last = Math.min(images.size(), image + together);
            for (int cell = 0; cell < cells; cell += cellsTogether) {
                int row = cell * STRIDE;
                int rows = Math.min(height - row, (cellsTogether - 1) * STRIDE + CELL);
                Level level = new Level(scale, width, height, new SummedAreaTable.Strip(row, rows));
                run(images.subList(image, last), level, found.subList(image, last));
            }
        }
    }

    /** Some rows of the images scaled to width x height. */
    private record Level(double scale, int width, int height, SummedAreaTable.Strip strip) {}

    private void run(List<SummedAreaTable> images, Level level, List<List<Candidate>> found) {
        int size = 3 * level.strip.rows() * level.width;
        float[] pixels = new float[images.size() * size];
        for (int i = 0; i < images.size(); i++) {
            SummedAreaTable image = images.get(i);
            Region whole = new Region(0, 0, image.width(), image.height());
            image.pool(whole, level.width, level.height, level.strip, pixels, i * size);
        }
        try (Scope scope = Scope.open()) {
            List<DeviceTensor> results =
                    network.run(scope, scope.floats(pixels, images.size(), 3, level.strip.rows(), level.width));
            float[] scores = results.get(0).floats();
            float[] offsets = results.get(1).floats();
            int columns = cells(level.width);
            int plane = columns * cells(level.strip.rows());
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] >= options.proposalThreshold()) {
                    int image = i / plane;
                    int cell = i % plane;
                    Box box = box(cell % columns, cell / columns + level.strip.first() / STRIDE, (float) level.scale);
                    float[] own = new float[4];
                    for (int edge = 0; edge < 4; edge++) {
                        own[edge] = offsets[(image * 4 + edge) * plane + cell];
                    }
                    found.get(image).add(new Candidate(image, box, scores[i], own));
                }
            }
        }
    }

    private static Box box(int column, int row, float scale) {
        return new Box(
                floor((STRIDE * column + 1) / scale),
                floor((STRIDE * row + 1) / scale),
                floor((STRIDE * column + CELL) / scale),
                floor((STRIDE * row + CELL) / scale));
    }

    private static float floor(float value) {
        return (float) Math.floor(value);
    }

    /** Rows (or columns) of P-Net's result for so many pixels; its pooling rounds up. */
    private static int cells(int pixels) {
        return (pixels - 1) / STRIDE - 4;
    }
}
