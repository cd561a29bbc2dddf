package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;
import org.junit.jupiter.api.Test;

class CrossSeparationTest {

    private static final int DIMENSION = 32;

    @Test
    void samplesAreGenuineWithTheirOwnContextAndImpostorsWithAllOthers() {
        List<Embeddings> samples = RandomEmbeddings.of(1, DIMENSION, 5, 5, 5, 5);
        List<Embeddings> contexts = RandomEmbeddings.of(1, DIMENSION, 1, 2, 1, 1, 3);
        List<Double> genuine = new ArrayList<>();
        List<Double> impostor = new ArrayList<>();
        try (CrossSeparation separation = new CrossSeparation(DIMENSION)) {
            for (int i = 0; i < contexts.size(); i++) {
                separation.addOther("id-" + i, contexts.get(i));
            }
            for (int i = 0; i < samples.size(); i++) {
                separation.addProbe("id-" + i, samples.get(i));
                for (int j = 0; j < contexts.size(); j++) {
                    (i == j ? genuine : impostor).addAll(scores(samples.get(i), contexts.get(j)));
                }
            }

            SeparationMetrics metrics = SeparationMetrics.of(separation.scores(pairs -> {}));

            SeparationMetrics expected = SeparationMetrics.of(ScoreCounts.of(
                    genuine.stream().mapToDouble(d -> d).toArray(),
                    impostor.stream().mapToDouble(d -> d).toArray()));
            assertThat(metrics.genuinePairs()).isEqualTo(5 + 10 + 5 + 5);
            assertThat(metrics.impostorPairs()).isEqualTo(20 * 8 - 25);
            assertThat(metrics.genuineMean()).isCloseTo(expected.genuineMean(), within(1e-5));
            assertThat(metrics.impostorStd()).isCloseTo(expected.impostorStd(), within(1e-5));
            assertThat(metrics.eer()).isCloseTo(expected.eer(), within(1e-9));
        }
    }

    @Test
    void anIdentityOfTheOtherSetThatComesTwiceIsRefused() {
        Embeddings one = RandomEmbeddings.of(1, DIMENSION, 1).get(0);
        try (CrossSeparation separation = new CrossSeparation(DIMENSION)) {
            separation.addOther("a", one);

            assertThatThrownBy(() -> separation.addOther("a", one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("identity a comes twice");
        }
    }

    private static List<Double> scores(Embeddings a, Embeddings b) {
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < a.images(); i++) {
            for (int j = 0; j < b.images(); j++) {
                double sum = 0;
                for (int k = 0; k < DIMENSION; k++) {
                    sum += (double) a.values()[i * DIMENSION + k] * b.values()[j * DIMENSION + k];
                }
                scores.add(sum);
            }
        }
        return scores;
    }
}
