package org.facemill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.facemill.evaluation.PairProtocol.Pair;
import org.junit.jupiter.api.Test;

class PairProtocolTest {

    @Test
    void pairsAlternateAndNoneComesTwice() {
        List<Pair> pairs = PairProtocol.draw(new int[] {16, 16, 1, 16, 16, 0, 16}, 600, 1);

        assertThat(pairs).hasSize(600).doesNotHaveDuplicates();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            assertThat(pair.same()).isEqualTo(i % 2 == 0);
            assertThat(pair.firstIdentity() * 100 + pair.firstImage()).isLessThan(pair.secondIdentity() * 100 + pair.secondImage());
        }
    }

    @Test
    void ofASmallSetAllPairsCome() {
        List<Pair> pairs = PairProtocol.draw(new int[] {4, 4}, 6000, 1);

        assertThat(pairs.stream().filter(Pair::same)).hasSize(12).doesNotHaveDuplicates();
        assertThat(pairs.stream().filter(p -> !p.same())).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void oneIdentityMakesNoPairs() {
        assertThat(PairProtocol.draw(new int[] {8}, 100, 1)).isEmpty();
    }

    @Test
    void theSeedDecides() {
        int[] images = {20, 20, 20};

        assertThat(PairProtocol.draw(images, 100, 5)).isEqualTo(PairProtocol.draw(images, 100, 5));
        assertThat(PairProtocol.draw(images, 100, 5)).isNotEqualTo(PairProtocol.draw(images, 100, 6));
    }
}
