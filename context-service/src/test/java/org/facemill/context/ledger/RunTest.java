package org.facemill.context.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.facemill.context.ledger.DatasetVersion.State;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {

    private static final int WINDOW = 16;
    private static final long ENOUGH = 1_000_000;
    private static final Instant NOW = Instant.EPOCH;
    private static final ObjectRef REF = new ObjectRef("runs", "r/recipe.json", "ab".repeat(32));

    private final List<Identity> identities = new ArrayList<>();
    private final List<DatasetVersion> versions = new ArrayList<>();
    private Run run;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theDatasetIsTheFirstNCompleteByOrdinalInWhateverOrderTheyEnd(long seed) {
        begin(40, 1000, ENOUGH, 10, 40);

        play(new Random(seed));

        List<Integer> expected = firstComplete(40);
        assertThat(dataset(40)).isEqualTo(expected);
        assertThat(full()).containsExactly(10, 40);
        assertThat(run.state()).isEqualTo(RunState.FINISHING);
        assertThat(run.counts().complete()).isEqualTo(40);
        assertThat(run.counts().surplus()).isEqualTo(count(Outcome.COMPLETE) - 40);
    }

    @Test
    void aVersionIsFullOnlyWhenEveryLowerOrdinalHasEnded() {
        begin(3, 10, ENOUGH, 2, 3);
        issue(4);

        settle(1, Outcome.COMPLETE);
        settle(2, Outcome.COMPLETE);
        settle(3, Outcome.COMPLETE);
        assertThat(full()).isEmpty();
        settle(0, Outcome.DISCARDED);

        assertThat(full()).containsExactly(2, 3);
        assertThat(run.state()).isEqualTo(RunState.FINISHING);
    }

    @Test
    void whatCompletesAfterTheDatasetIsDecidedIsSurplus() {
        begin(2, 10, ENOUGH, 2);
        issue(5);
        settle(3, Outcome.COMPLETE);
        settle(0, Outcome.COMPLETE);
        assertThat(run.counts().surplus()).isZero();
        settle(1, Outcome.COMPLETE);

        settle(4, Outcome.COMPLETE);

        assertThat(run.counts().complete()).isEqualTo(2);
        assertThat(run.counts().surplus()).isEqualTo(2);
        assertThat(run.inFlight()).isEqualTo(1);
    }

    @Test
    void noMoreAreIssuedThanTheWindowAndTheDatasetNeed() {
        begin(100, 10, ENOUGH, 100);
        assertThat(run.toIssue(WINDOW)).isEqualTo(WINDOW);
        issue(WINDOW);
        assertThat(run.toIssue(WINDOW)).isZero();

        begin(WINDOW, 10, ENOUGH, WINDOW);
        issue(WINDOW);
        settle(0, Outcome.COMPLETE);
        assertThat(run.toIssue(WINDOW)).isZero();
        settle(1, Outcome.DISCARDED);

        // 15 lack, 14 are in flight; one early loss says nothing yet
        assertThat(run.toIssue(WINDOW)).isEqualTo(1);
    }

    @Test
    void moreAreIssuedWhereManyAreLost() {
        begin(30, 1000, ENOUGH, 30);
        issue(40);
        IntStream.range(0, 20).forEach(i -> settle(i, Outcome.COMPLETE));
        IntStream.range(20, 36).forEach(i -> settle(i, Outcome.DISCARDED));

        // 10 lack, 4 are in flight; 16 of 36 were lost, 16 of 52 with a window that came through: 3 more
        assertThat(run.toIssue(WINDOW)).isEqualTo(10 - 4 + 3);
    }

    @Test
    void noneIsIssuedWithoutAContextAndTheRunFailsWhenTheLastHasEnded() {
        begin(5, 10, 6, 5);
        issue(run.toIssue(WINDOW));
        settle(0, Outcome.DISCARDED);
        settle(1, Outcome.DISCARDED);
        assertThat(run.toIssue(WINDOW)).isEqualTo(1);
        issue(1);
        assertThat(run.toIssue(WINDOW)).isZero();

        for (int i = 2; i < 5; i++) {
            settle(i, Outcome.COMPLETE);
        }
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        settle(5, Outcome.COMPLETE);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.reason())
                .contains("there are contexts for 6 identities, of which 4 became complete; 5 are wanted");
    }

    @Test
    void aRunThatIsOverIssuesNothingAndCancelsWhatIsInFlight() {
        begin(100, 10, ENOUGH, 100);
        issue(10);
        settle(0, Outcome.FAILED);

        run.cancel(NOW);

        assertThat(run.toIssue(WINDOW)).isZero();
        assertThat(run.counts().cancelled()).isEqualTo(9);
        assertThat(run.inFlight()).isZero();
    }

    @Test
    void oneLossMoreThanTheRecipeAllowsFailsTheRun() {
        begin(100, 2, ENOUGH, 100);
        issue(3);
        settle(0, Outcome.FAILED);
        settle(1, Outcome.DISCARDED);
        assertThat(run.state()).isEqualTo(RunState.RUNNING);

        settle(2, Outcome.FAILED);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.reason()).contains("3 identities").contains("allows 2").contains("identity 2: as played");
    }

    @Test
    void lossesAfterTheDatasetIsDecidedDoNotFailTheRun() {
        begin(2, 1, ENOUGH, 2);
        issue(5);
        settle(0, Outcome.COMPLETE);
        settle(1, Outcome.COMPLETE);

        settle(2, Outcome.FAILED);
        settle(3, Outcome.FAILED);

        assertThat(run.state()).isEqualTo(RunState.FINISHING);
    }

    @Test
    void anOutcomeCountsOnceAndTheFirstStands() {
        begin(3, 10, ENOUGH, 3);
        issue(3);
        settle(0, Outcome.COMPLETE);

        settle(0, Outcome.COMPLETE);
        settle(0, Outcome.FAILED);

        assertThat(run.counts().complete()).isEqualTo(1);
        assertThat(run.counts().failed()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SAMPLED", "ALIGNED", "CROPPED", "ENCODED"})
    void aStageCountsEachIdentityOnceAndWithItTheStagesBefore(PipelineStage stage) {
        begin(3, 10, ENOUGH, 3);
        issue(3);

        reach(1, stage);
        reach(1, stage);
        reach(1, PipelineStage.SAMPLED);

        for (PipelineStage each : stage.passed()) {
            assertThat(run.count(each)).as(each.name()).isEqualTo(new StageCount(1, 0));
        }
    }

    @Test
    void ofAnIdentityThatHasEndedNothingCountsButThatACompleteOneIsEncoded() {
        begin(3, 10, ENOUGH, 3);
        issue(3);
        settle(0, Outcome.FAILED);
        settle(1, Outcome.COMPLETE);

        reach(0, PipelineStage.ALIGNED);
        reach(0, PipelineStage.ENCODED);
        reach(1, PipelineStage.ENCODED);

        assertThat(run.count(PipelineStage.SAMPLED).done()).isEqualTo(1);
        assertThat(run.count(PipelineStage.ENCODED).done()).isEqualTo(1);
    }

    @Test
    void whatWasLostIsToBeDoneOnceMoreByTheStagesThatItHadReached() {
        begin(3, 10, ENOUGH, 3);
        issue(5);
        reach(0, PipelineStage.ALIGNED);
        settle(0, Outcome.FAILED);
        settle(1, Outcome.DISCARDED);

        assertThat(run.count(PipelineStage.SAMPLED).total(3)).isEqualTo(5);
        assertThat(run.count(PipelineStage.ALIGNED).total(3)).isEqualTo(4);
        assertThat(run.count(PipelineStage.CROPPED).total(3)).isEqualTo(3);
    }

    @Test
    void ofACompletedRunEveryStageHasDoneAll() {
        begin(2, 10, ENOUGH, 2);
        issue(5);
        settle(0, Outcome.DISCARDED);
        settle(3, Outcome.COMPLETE);
        settle(1, Outcome.COMPLETE);
        settle(2, Outcome.COMPLETE);
        DatasetVersion version = versions.get(0);
        version.request();
        version.seal(new DatasetSealed("r", 1, 2, 4, REF, REF.sha256(), REF, null, null), 4);

        run.completeWhereDone(versions, List.of(), NOW);

        assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        for (PipelineStage stage : PipelineStage.ENCODED.passed()) {
            StageCount count = run.count(stage);
            assertThat(count.done()).as(stage.name()).isEqualTo(count.total(2)).isGreaterThanOrEqualTo(2);
        }
        assertThat(run.counts().cancelled()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anExtendedRunsDatasetIsThatOfARunBegunWithAsMany(long seed) {
        begin(10, 1000, ENOUGH, 10);
        Random random = new Random(seed);
        play(random);
        List<Integer> before = dataset(10);

        extend(40);
        play(random);

        assertThat(before).isEqualTo(firstComplete(10));
        assertThat(dataset(40)).isEqualTo(firstComplete(40));
        assertThat(full()).containsExactly(10, 40);
        assertThat(run.state()).isEqualTo(RunState.FINISHING);
    }

    @Test
    void whatWasSurplusMayBeAllThatAnExtensionLacks() {
        begin(2, 10, ENOUGH, 2);
        issue(4);
        for (int ordinal : new int[] {3, 2, 1, 0}) {
            settle(ordinal, Outcome.COMPLETE);
        }
        assertThat(run.counts().surplus()).isEqualTo(2);

        extend(3);

        assertThat(run.state()).isEqualTo(RunState.FINISHING);
        assertThat(full()).containsExactly(2, 3);
        assertThat(run.counts().surplus()).isEqualTo(1);
    }

    @Test
    void aRunWhoseContextsWereLostIsNotExtendedBeyondWhatIsLeft() {
        begin(2, 10, 5, 2);
        issue(3);
        settle(0, Outcome.DISCARDED);

        assertThat(run.hindrance(4)).isEmpty();
        assertThat(run.hindrance(5)).hasValueSatisfying(why -> assertThat(why).contains("5 identities", "1 were lost"));
    }

    private void extend(int wanted) {
        Recipe extended = Recipes.extended(run.recipe(), wanted);
        versions.add(new DatasetVersion("r", versions.size() + 1, wanted, false));
        run.extend(extended, REF, versions, o -> identities.get((int) o).outcome(), NOW);
    }

    private void play(Random random) {
        while (run.state() == RunState.RUNNING || run.inFlight() > 0) {
            issue(run.toIssue(WINDOW));
            List<Identity> inFlight = new ArrayList<>(
                    identities.stream().filter(i -> i.outcome().isEmpty()).toList());
            Collections.shuffle(inFlight, random);
            int ordinal = (int) inFlight.get(0).ordinal();
            settle(ordinal, outcomeOf(ordinal));
            assertThat(run.issued()).isEqualTo(identities.size());
            assertThat(run.counts().complete() + run.counts().surplus()).isEqualTo(count(Outcome.COMPLETE));
            assertThat(run.counts().discarded()).isEqualTo(count(Outcome.DISCARDED));
            assertThat(run.counts().failed()).isEqualTo(count(Outcome.FAILED));
            assertThat(run.inFlight()).isEqualTo(inFlight.size() - 1).isLessThanOrEqualTo(WINDOW);
        }
    }

    /** An identity's fate is its own, as the images are: every third is discarded, every seventh fails. */
    private static Outcome outcomeOf(int ordinal) {
        return ordinal % 3 == 1 ? Outcome.DISCARDED : ordinal % 7 == 2 ? Outcome.FAILED : Outcome.COMPLETE;
    }

    private static List<Integer> firstComplete(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .filter(i -> outcomeOf(i) == Outcome.COMPLETE)
                .limit(count)
                .boxed()
                .toList();
    }

    /** As the requester of versions reads it: the first complete ones, all ordinals below of which have ended. */
    private List<Integer> dataset(int size) {
        List<Integer> first = new ArrayList<>();
        for (int i = 0; first.size() < size; i++) {
            if (identities.get(i).outcome().orElseThrow() == Outcome.COMPLETE) {
                first.add(i);
            }
        }
        return first;
    }

    private List<Integer> full() {
        return versions.stream()
                .filter(v -> v.state() == State.FULL)
                .map(DatasetVersion::size)
                .toList();
    }

    private long count(Outcome outcome) {
        return identities.stream()
                .filter(i -> i.outcome().filter(outcome::equals).isPresent())
                .count();
    }

    private void begin(int wanted, int maxFailures, long contexts, int... sizes) {
        Recipe recipe = Recipes.parse(Json.MAPPER
                .createObjectNode()
                .put("identities", wanted)
                .put("images", 4)
                .put("max_failures", maxFailures)
                .set("training", Json.MAPPER.createObjectNode().put("enabled", false)));
        run = new Run("r", recipe, REF, contexts, NOW);
        identities.clear();
        versions.clear();
        for (int size : sizes) {
            versions.add(new DatasetVersion("r", versions.size() + 1, size, false));
        }
    }

    private void issue(int count) {
        for (int i = 0; i < count; i++) {
            identities.add(run.issue(NOW));
        }
    }

    private void reach(int ordinal, PipelineStage stage) {
        run.reach(identities.get(ordinal), stage);
    }

    private void settle(int ordinal, Outcome outcome) {
        Optional<Crops> crops = outcome == Outcome.COMPLETE
                ? Optional.of(new Crops("r", ordinal, 0, REF, List.of(REF.sha256()), null, null, null))
                : Optional.empty();
        run.settle(
                identities.get(ordinal),
                new IdentityOutcome("r", ordinal, 0, outcome, "played", "as played", crops),
                versions,
                o -> identities.get((int) o).outcome(),
                NOW);
    }
}
