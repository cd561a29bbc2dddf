package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestRowsTest {

    private static final int DIMENSION = 24;

    @Test
    void theNearestAreThoseOfASearchOneByOne() {
        Embeddings probes = RandomEmbeddings.of(1, DIMENSION, 300).get(0);
        List<Embeddings> others = RandomEmbeddings.of(2, DIMENSION, 3000, 1500, 17);
        try (NearestRows nearest = new NearestRows(DIMENSION, 3)) {
            nearest.addProbes(probes);
            others.forEach(nearest::addOthers);

            List<NearestRows.Nearest> found = nearest.find(pairs -> {});

            float[] all = joined(others);
            for (int probe = 0; probe < 300; probe += 13) {
                int at = probe;
                int[] expected = IntStream.range(0, 4517)
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> -dot(probes.values(), at, all, row)))
                        .limit(3)
                        .mapToInt(i -> i)
                        .toArray();
                assertThat(found.get(probe).rows()).isEqualTo(expected);
            }
        }
    }

    @Test
    void ofEqualsTheFirstIsFoundFirst() {
        Embeddings one = RandomEmbeddings.of(1, DIMENSION, 1).get(0);
        try (NearestRows nearest = new NearestRows(DIMENSION, 2)) {
            nearest.addProbes(one);
            RandomEmbeddings.of(5, DIMENSION, 2500, 2500).forEach(nearest::addOthers);
            nearest.addOthers(one);
            nearest.addOthers(one);

            NearestRows.Nearest found = nearest.find(pairs -> {}).get(0);

            assertThat(found.rows()).containsExactly(5000, 5001);
            assertThat(found.cosines()[0]).isEqualTo(found.cosines()[1]);
        }
    }

    @Test
    void noMoreAreFoundThanThereAre() {
        try (NearestRows nearest = new NearestRows(DIMENSION, 5)) {
            nearest.addProbes(RandomEmbeddings.of(1, DIMENSION, 2).get(0));
            nearest.addOthers(RandomEmbeddings.of(2, DIMENSION, 3).get(0));

            assertThat(nearest.find(pairs -> {}))
                    .allSatisfy(found -> assertThat(found.rows()).containsExactlyInAnyOrder(0, 1, 2));
        }
    }

    private static float[] joined(List<Embeddings> parts) {
        float[] all = new float[parts.stream().mapToInt(p -> p.values().length).sum()];
        int at = 0;
        for (Embeddings part : parts) {
            System.arraycopy(part.values(), 0, all, at, part.values().length);
            at += part.values().length;
        }
        return all;
    }

    private static double dot(float[] a, int i, float[] b, int j) {
        double sum = 0;
        for (int k = 0; k < DIMENSION; k++) {
            sum += (double) a[i * DIMENSION + k] * b[j * DIMENSION + k];
        }
        return sum;
    }
}
