package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.facemill.contracts.Noise;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.Test;

class ContextRegressionTest {
    private static final int CONTEXT = 32;
    private static final int WIDTH = 16;
    /** The first components of a context show, the others do not. */
    private static final int SHOWN = 4;

    @Test
    void what_does_not_show_in_samples_leaves_the_projection() {
        assertThat(shareOfShown(new PartlyShown(8))).isGreaterThan(0.95);
    }

    @Test
    void large_samples_are_averaged_over_squares() {
        assertThat(shareOfShown(new PartlyShown(80))).isGreaterThan(0.95);
    }

    @Test
    void rows_read_as_much_of_the_contexts_as_before() {
        try (Parameters parameters = random()) {
            double before = energy(parameters, CONTEXT);

            ContextRegression.apply(parameters, "projection", new PartlyShown(8));

            // all directions of uniform contexts vary alike, up to the sample
            assertThat(energy(parameters, CONTEXT)).isCloseTo(before, within(0.1 * before));
        }
    }

    private static double shareOfShown(TrainingSet set) {
        try (Parameters parameters = random()) {
            assertThat(energy(parameters, SHOWN) / energy(parameters, CONTEXT)).isLessThan(0.25);

            ContextRegression.apply(parameters, "projection", set);

            return energy(parameters, SHOWN) / energy(parameters, CONTEXT);
        }
    }

    private static Parameters random() {
        Parameters parameters = new Parameters("test");
        float[] rows = new float[WIDTH * CONTEXT];
        Noise.normal(3, 0, 0, 0, rows);
        parameters.put("projection", rows, WIDTH, CONTEXT);
        return parameters;
    }

    /** Squared length of the rows' first columns. */
    private static double energy(Parameters parameters, int columns) {
        float[] rows = parameters.get("projection").floats();
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += i % CONTEXT < columns ? rows[i] * rows[i] : 0;
        }
        return sum;
    }

    /** Quarters of the first channel say the first components of the context, all else is noise. */
    private record PartlyShown(int edge) implements TrainingSet {
        @Override
        public int size() {
            return 1500;
        }

        @Override
        public long[] shape() {
            return new long[] {2, edge, edge};
        }

        @Override
        public int contextLength() {
            return CONTEXT;
        }

        @Override
        public void sample(int index, float[] out, int at) {
            SplittableRandom random = new SplittableRandom(index);
            float[] context = Noise.unitVector(5, index, CONTEXT);
            for (int i = 0; i < 2 * edge * edge; i++) {
                int quarter = i / (edge * edge / SHOWN);
                float shown = quarter < SHOWN ? 5 * context[quarter] : 0;
                out[at + i] = 7 + shown + random.nextFloat();
            }
        }

        @Override
        public void context(int index, float[] out, int at) {
            System.arraycopy(Noise.unitVector(5, index, CONTEXT), 0, out, at, CONTEXT);
        }
    }
}
