package org.facemill.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.facemill.contracts.Noise;
import org.junit.jupiter.api.Test;

class SeparationTest {

    private static final double LARGEST = 0.12;

    @Test
    void contextsAreTakenAsOneByOneComparisonTakesThem() {
        List<float[]> contexts = IntStream.range(0, 900)
                .mapToObj(i -> Noise.unitVector(5, i, 128))
                .toList();
        List<float[]> expected = new ArrayList<>();
        for (float[] context : contexts) {
            if (expected.stream().allMatch(other -> cosine(context, other) <= LARGEST)) {
                expected.add(context);
            }
        }
        Separation separation = new Separation(LARGEST);
        List<float[]> taken = new ArrayList<>();

        for (int from = 0; from < contexts.size(); from += 300) {
            List<float[]> some = contexts.subList(from, from + 300);
            boolean[] far = separation.take(some);
            IntStream.range(0, some.size()).filter(i -> far[i]).forEach(i -> taken.add(some.get(i)));
        }

        assertThat(expected).hasSizeBetween(2, 800);
        assertThat(taken).containsExactlyElementsOf(expected);
    }

    @Test
    void lengthsDoNotCount() {
        Separation separation = new Separation(0.5);

        assertThat(separation.take(List.of(new float[] {3, 0}, new float[] {0, 0.1f}, new float[] {9, 1})))
                .containsExactly(true, true, false);
    }

    private static double cosine(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }
}
