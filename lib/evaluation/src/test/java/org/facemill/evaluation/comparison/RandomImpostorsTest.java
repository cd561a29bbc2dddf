package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;

class RandomImpostorsTest {

    @Test
    void pairsAreThoseOfEvaluatePy() {
        JsonNode golden = Golden.json("08_align_eval/pairs/case.json");
        long[] labels = StreamSupport.stream(golden.get("labels_1").spliterator(), false)
                .mapToLong(label -> Long.parseLong(label.asText()))
                .toArray();

        RandomImpostors.Pair[] pairs = RandomImpostors.draw(labels, 20, 0);

        JsonNode expected = golden.get("imposter_seed0_n20");
        for (int i = 0; i < 20; i++) {
            assertThat(pairs[i])
                    .isEqualTo(new RandomImpostors.Pair(
                            expected.get(i).get(0).asInt(),
                            expected.get(i).get(1).asInt()));
        }
    }

    @Test
    void oneIdentityHasNoImpostors() {
        assertThatThrownBy(() -> RandomImpostors.draw(new long[] {5, 5}, 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two identities");
    }
}
