package org.facemill.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final Candidate BEST = new Candidate(0, new Box(0, 0, 10, 10), 0.9f, new float[4]);
    private static final Candidate HALF_IN_BEST = new Candidate(0, new Box(5, 0, 15, 10), 0.8f, new float[4]);
    private static final Candidate SMALL_IN_BEST = new Candidate(0, new Box(1, 1, 4, 4), 0.7f, new float[4]);

    @Test
    void unionIsIntersectionOverUnion() {
        assertThat(Overlap.UNION.of(BEST.box(), HALF_IN_BEST.box())).isCloseTo(50f / 150, within(1e-6f));
        assertThat(Overlap.UNION.of(BEST.box(), new Box(20, 20, 30, 30))).isZero();
    }

    @Test
    void smallerCountsBothEndsOfABoxAsPixels() {
        assertThat(Overlap.SMALLER.of(BEST.box(), HALF_IN_BEST.box())).isCloseTo(66f / 121, within(1e-6f));
        assertThat(Overlap.SMALLER.of(BEST.box(), SMALL_IN_BEST.box())).isEqualTo(1);
    }

    @Test
    void whatOverlapsABetterBoxTooMuchIsSuppressed() {
        List<Candidate> all = List.of(SMALL_IN_BEST, HALF_IN_BEST, BEST);

        assertThat(Overlap.UNION.suppress(all, 0.5f)).containsExactly(BEST, HALF_IN_BEST, SMALL_IN_BEST);
        assertThat(Overlap.UNION.suppress(all, 0.3f)).containsExactly(BEST, SMALL_IN_BEST);
        assertThat(Overlap.SMALLER.suppress(all, 0.7f)).containsExactly(BEST, HALF_IN_BEST);
    }

    @Test
    void aSuppressedBoxSuppressesNothing() {
        Candidate nextToHalf = new Candidate(0, new Box(8, 0, 18, 10), 0.7f, new float[4]);

        assertThat(Overlap.UNION.suppress(List.of(BEST, HALF_IN_BEST, nextToHalf), 0.3f))
                .containsExactly(BEST, nextToHalf);
    }
}
