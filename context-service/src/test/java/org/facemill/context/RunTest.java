package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {

    private static final int WINDOW = 16;

    private final Run run = new Run();
    private final List<IdentityStatus> identities = new ArrayList<>();
    private final List<Integer> full = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theDatasetIsTheFirstNCompleteByOrdinalInWhateverOrderTheyEnd(long seed) {
        run.identities = 40;
        run.maxFailures = 1000;
        Random random = new Random(seed);

        play(random, List.of(10, 40));

        List<Integer> expected = firstComplete(40);
        assertThat(complete()).isEqualTo(expected);
        assertThat(full).containsExactly(10, 40);
        assertThat(run.state).isEqualTo(RunState.FINISHING);
        assertThat(run.frontier).isEqualTo(expected.get(39) + 1L);
    }

    @Test
    void aVersionIsFullOnlyWhenEveryLowerOrdinalHasEnded() {
        run.identities = 3;
        run.maxFailures = 10;
        issue(4);

        settle(1, Outcome.COMPLETE, List.of(2, 3));
        settle(2, Outcome.COMPLETE, List.of(2, 3));
        settle(3, Outcome.COMPLETE, List.of(2, 3));
        assertThat(full).isEmpty();
        settle(0, Outcome.DISCARDED, List.of(2, 3));

        assertThat(full).containsExactly(2, 3);
        assertThat(run.state).isEqualTo(RunState.FINISHING);
    }

    @Test
    void whatCompletesAfterTheDatasetIsDecidedIsSurplus() {
        run.identities = 2;
        run.maxFailures = 10;
        issue(5);
        settle(3, Outcome.COMPLETE, List.of(2));
        settle(0, Outcome.COMPLETE, List.of(2));
        settle(1, Outcome.COMPLETE, List.of(2));

        settle(4, Outcome.COMPLETE, List.of(2));

        assertThat(identities)
                .containsExactly(
                        IdentityStatus.COMPLETE,
                        IdentityStatus.COMPLETE,
                        IdentityStatus.IN_FLIGHT,
                        IdentityStatus.SURPLUS,
                        IdentityStatus.SURPLUS);
        assertThat(run.complete).isEqualTo(2);
        assertThat(run.surplus).isEqualTo(2);
        assertThat(run.inFlight()).isEqualTo(1);
    }

    @Test
    void noMoreAreIssuedThanTheWindowAndTheDatasetNeed() {
        run.identities = 100;
        assertThat(run.toIssue(WINDOW)).isEqualTo(WINDOW);
        issue(WINDOW);
        assertThat(run.toIssue(WINDOW)).isZero();

        run.identities = WINDOW;
        run.settle(Outcome.COMPLETE);
        assertThat(run.toIssue(WINDOW)).isZero();
        run.settle(Outcome.DISCARDED);

        // 15 lack, 14 are in flight; one early loss says nothing yet
        assertThat(run.toIssue(WINDOW)).isEqualTo(1);
    }

    @Test
    void moreAreIssuedWhereManyAreLost() {
        run.identities = 30;
        issue(40);
        IntStream.range(0, 20).forEach(i -> run.settle(Outcome.COMPLETE));
        IntStream.range(0, 16).forEach(i -> run.settle(Outcome.DISCARDED));

        // 10 lack, 4 are in flight; 16 of 36 were lost, 16 of 52 with a window that came through: 3 more
        assertThat(run.toIssue(WINDOW)).isEqualTo(10 - 4 + 3);
    }

    @Test
    void aRunThatIsOverIssuesNothingAndCancelsWhatIsInFlight() {
        run.identities = 100;
        issue(10);
        run.settle(Outcome.FAILED);

        run.end(RunState.CANCELLED, "by a user", Instant.EPOCH);

        assertThat(run.toIssue(WINDOW)).isZero();
        assertThat(run.cancelled).isEqualTo(9);
        assertThat(run.inFlight()).isZero();
    }

    @Test
    void oneLossMoreThanTheRecipeAllowsIsTooMany() {
        run.identities = 100;
        run.maxFailures = 2;
        issue(3);
        run.settle(Outcome.FAILED);
        run.settle(Outcome.DISCARDED);
        assertThat(run.lostTooMany()).isFalse();

        run.settle(Outcome.FAILED);

        assertThat(run.lostTooMany()).isTrue();
    }

    private void play(Random random, List<Integer> sizes) {
        while (run.state == RunState.RUNNING || run.inFlight() > 0) {
            issue(run.toIssue(WINDOW));
            List<Integer> inFlight = new ArrayList<>();
            for (int i = 0; i < identities.size(); i++) {
                if (identities.get(i) == IdentityStatus.IN_FLIGHT) {
                    inFlight.add(i);
                }
            }
            Collections.shuffle(inFlight, random);
            settle(inFlight.get(0), outcomeOf(inFlight.get(0)), sizes);
            assertThat(run.issued).isEqualTo(identities.size());
            assertThat(run.complete).isEqualTo(count(IdentityStatus.COMPLETE));
            assertThat(run.discarded).isEqualTo(count(IdentityStatus.DISCARDED));
            assertThat(run.failed).isEqualTo(count(IdentityStatus.FAILED));
            assertThat(run.surplus).isEqualTo(count(IdentityStatus.SURPLUS));
            assertThat(run.inFlight())
                    .isEqualTo(count(IdentityStatus.IN_FLIGHT))
                    .isLessThanOrEqualTo(WINDOW);
        }
    }

    /** An identity's fate is its own, as the images are: every third is discarded, every seventh fails. */
    private static Outcome outcomeOf(int ordinal) {
        return ordinal % 3 == 1 ? Outcome.DISCARDED : ordinal % 7 == 2 ? Outcome.FAILED : Outcome.COMPLETE;
    }

    private static List<Integer> firstComplete(int count) {
        List<Integer> first = new ArrayList<>();
        for (int i = 0; first.size() < count; i++) {
            if (outcomeOf(i) == Outcome.COMPLETE) {
                first.add(i);
            }
        }
        return first;
    }

    private List<Integer> complete() {
        List<Integer> complete = new ArrayList<>();
        for (int i = 0; i < identities.size(); i++) {
            if (identities.get(i) == IdentityStatus.COMPLETE) {
                complete.add(i);
            }
        }
        return complete;
    }

    private long count(IdentityStatus status) {
        return identities.stream().filter(s -> s == status).count();
    }

    private void issue(int count) {
        for (int i = 0; i < count; i++) {
            identities.add(IdentityStatus.IN_FLIGHT);
        }
        run.issued += count;
    }

    /** As the ledger does it. */
    private void settle(int ordinal, Outcome outcome, List<Integer> sizes) {
        identities.set(ordinal, run.settle(outcome));
        boolean wasRunning = run.state == RunState.RUNNING;
        full.addAll(run.advance(sizes, o -> identities.get((int) o)));
        if (wasRunning && run.state == RunState.FINISHING) {
            for (int i = (int) run.frontier; i < identities.size(); i++) {
                if (identities.get(i) == IdentityStatus.COMPLETE) {
                    identities.set(i, IdentityStatus.SURPLUS);
                    run.tooMany(1);
                }
            }
        }
    }
}
