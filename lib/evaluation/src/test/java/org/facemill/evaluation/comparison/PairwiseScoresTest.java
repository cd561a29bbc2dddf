package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.facemill.evaluation.comparison.PairwiseScores.Task;
import org.junit.jupiter.api.Test;

class PairwiseScoresTest {

    private record Pair(int first, int second) {}

    @Test
    void everyPairComesOnceWithItsCosine() {
        int dimension = 33;
        try (EmbeddingRows rows = rows(dimension, 700);
                PairwiseScores scores = new PairwiseScores(dimension)) {
            Map<Pair, Float> all = compare(scores, new Task(rows, 0, 700, rows));

            assertThat(all).hasSize(700 * 699 / 2);
            float[] values = values(dimension, 700);
            new Random(1).ints(200, 1, 700).forEach(i -> {
                int j = i / 2;
                double expected = IntStream.range(0, dimension)
                        .mapToDouble(k -> (double) values[i * dimension + k] * values[j * dimension + k])
                        .sum();
                assertThat((double) all.get(new Pair(i, j))).isCloseTo(expected, within(1e-6));
            });
        }
    }

    @Test
    void aScoreIsTheSameNumberWhereverItsRowsLieAndWhicheverCameFirst() {
        for (int dimension : new int[] {512, 128, 101}) {
            int count = EmbeddingRows.BLOCK + 300;
            int shift = 1003;
            float[] values = values(dimension, count);
            try (EmbeddingRows rows = rows(dimension, count);
                    EmbeddingRows rotated = new EmbeddingRows(dimension);
                    PairwiseScores scores = new PairwiseScores(dimension)) {
                float[] moved = new float[values.length];
                for (int row = 0; row < count; row++) {
                    System.arraycopy(values, (row + shift) % count * dimension, moved, row * dimension, dimension);
                }
                rotated.add(moved, count);

                Map<Pair, Float> some = compare(scores, new Task(rows, 100, 140, rotated));
                Map<Pair, Float> reversed = compare(scores, new Task(rotated, 4000, 4390, rows));

                int both = 0;
                for (Map.Entry<Pair, Float> entry : some.entrySet()) {
                    Pair mirrored =
                            new Pair(entry.getKey().second(), entry.getKey().first());
                    if (reversed.containsKey(mirrored)) {
                        assertThat(reversed.get(mirrored)).isEqualTo(entry.getValue());
                        both++;
                    }
                }
                assertThat(both).isPositive();
            }
        }
    }

    @Test
    void progressCountsEveryPair() {
        AtomicLong told = new AtomicLong();
        try (EmbeddingRows rows = rows(16, 5000);
                PairwiseScores scores = new PairwiseScores(16)) {
            Task task = new Task(rows, 3000, 5000, rows);

            scores.compare(task, () -> (probe, first, values, count) -> {}, told::addAndGet);

            assertThat(told).hasValue(task.pairs());
        }
    }

    @Test
    void whatTheProgressThrowsEndsTheComparison() {
        try (EmbeddingRows rows = rows(16, 5000);
                PairwiseScores scores = new PairwiseScores(16)) {
            assertThatThrownBy(() -> scores.compare(
                            new Task(rows, 0, 5000, rows), () -> (probe, first, values, count) -> {}, pairs -> {
                                throw new IllegalStateException("enough");
                            }))
                    .hasMessage("enough");
        }
    }

    @Test
    void whatASinkThrowsComesOut() {
        try (EmbeddingRows rows = rows(16, 500);
                PairwiseScores scores = new PairwiseScores(16)) {
            assertThatThrownBy(() -> scores.compare(
                            new Task(rows, 0, 500, rows),
                            () -> (probe, first, values, count) -> {
                                throw new IllegalArgumentException("row " + probe);
                            },
                            pairs -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("row ");
        }
    }

    private static Map<Pair, Float> compare(PairwiseScores scores, Task task) {
        Map<Pair, Float> all = new ConcurrentHashMap<>();
        scores.compare(
                task,
                () -> (probe, first, values, count) -> {
                    for (int i = 0; i < count; i++) {
                        assertThat(all.put(new Pair(probe, first + i), values[i]))
                                .isNull();
                    }
                },
                pairs -> {});
        return all;
    }

    private static EmbeddingRows rows(int dimension, int count) {
        EmbeddingRows rows = new EmbeddingRows(dimension);
        rows.add(values(dimension, count), count);
        return rows;
    }

    private static float[] values(int dimension, int count) {
        List<Embeddings> one = RandomEmbeddings.of(dimension, dimension, count);
        return one.get(0).values();
    }
}
