package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;

class RandomImpostorsTest {

    @Test
    void pairsAreThoseOfEvaluatePy() {
        JsonNode golden = Golden.json("08_align_eval/pairs/case.json");
        List<Integer> starts = new ArrayList<>();
        JsonNode labels = golden.get("labels_1");
        for (int row = 0; row < labels.size(); row++) {
            if (row == 0 || !labels.get(row).equals(labels.get(row - 1))) {
                starts.add(row);
            }
        }
        List<List<Integer>> pairs = new ArrayList<>();

        RandomImpostors.draw(
                starts.stream().mapToInt(Integer::intValue).toArray(),
                labels.size(),
                20,
                0,
                (first, second) -> pairs.add(List.of(first, second)));

        JsonNode expected = golden.get("imposter_seed0_n20");
        assertThat(pairs).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(pairs.get(i))
                    .containsExactly(
                            expected.get(i).get(0).asInt(),
                            expected.get(i).get(1).asInt());
        }
    }

    @Test
    void asManyAreDrawnAsThereAreGenuinePairsInBothOrdersAndTheirScoresAreCosines() {
        try (IdentitySeparation separation = new IdentitySeparation(2)) {
            separation.add(0, Embeddings.normalised("a", 3, 2, new float[] {1, 0, 1, 0, 1, 0}));
            separation.add(1, Embeddings.normalised("b", 2, 2, new float[] {0, 1, 0, 1}));

            ScoreCounts scores = separation.randomImpostors(7, pairs -> {});

            assertThat(scores.genuinePairs()).isEqualTo(4);
            assertThat(scores.impostorPairs()).isEqualTo(8);
            assertThat(scores.scores()).containsExactly(0, 1);
            assertThat(scores.impostor()).containsExactly(8, 0);
        }
    }

    @Test
    void oneIdentityHasNoImpostors() {
        assertThatThrownBy(() -> RandomImpostors.draw(new int[] {0}, 2, 3, 0, (first, second) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two identities");
    }
}
