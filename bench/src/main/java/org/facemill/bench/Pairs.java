package org.facemill.bench;

import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.tensor.DType;

/** All pairs of many embeddings, counted by score. */
final class Pairs implements Section {

    private static final int DIMENSION = 512;
    private static final int IDENTITIES = 1000;
    private static final int IMAGES = 50;
    /** What IDiff-Face's evaluate.py does, one np.dot a pair, measured on a machine of this kind. */
    private static final double EVALUATE_PY = 456_000;

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public String description() {
        return "genuine and impostor scores of %d x %d embeddings of %d floats, all pairs, counted to 1/65536"
                .formatted(IDENTITIES, IMAGES, DIMENSION);
    }

    @Override
    public void run(int calls, Consumer<String> out) {
        Stopwatch product = MatrixProduct.time(DType.F32, calls);
        double pairsOfProduct = MatrixProduct.operations() / (2 * DIMENSION);
        Embeddings[] identities = new Embeddings[IDENTITIES];
        Random random = new Random(1);
        for (int i = 0; i < IDENTITIES; i++) {
            float[] values = new float[IMAGES * DIMENSION];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextGaussian();
            }
            identities[i] = Embeddings.normalised("identity " + i, IMAGES, DIMENSION, values);
        }
        Stopwatch time = Stopwatch.of(calls, () -> {
            try (IdentitySeparation separation = new IdentitySeparation(DIMENSION)) {
                for (int i = 0; i < IDENTITIES; i++) {
                    separation.add(i, identities[i]);
                }
                separation.scores();
            }
        });
        double images = IDENTITIES * IMAGES;
        double pairs = images * (images - 1) / 2;
        double rate = pairs / time.best() * 1000;
        double bound = pairsOfProduct / product.best() * 1000;
        out.accept(time.toString());
        out.accept(String.format(
                Locale.ROOT,
                "%.3g pairs/s, %.0f %% of the %.3g of this run's product of 4096x4096 matrices, %.0f %% by processor time; %.0f times evaluate.py's %,.0f",
                rate,
                100 * rate / bound,
                bound,
                100 * (pairs / time.processor()) / (pairsOfProduct / product.processor()),
                rate / EVALUATE_PY,
                EVALUATE_PY));
        out.accept(String.format(
                Locale.ROOT, "500,000 embeddings, 1.25e11 pairs: %.0f minutes at this rate", 1.25e11 / rate / 60));
    }
}
