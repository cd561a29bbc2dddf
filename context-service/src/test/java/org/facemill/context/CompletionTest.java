package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.RECIPE;
import static org.facemill.context.Runs.awaitState;
import static org.facemill.context.Runs.start;
import static org.facemill.context.Runs.status;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An identity is complete when its crops are what the recipe wants and in the store, whoever says so. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class CompletionTest {

    @Inject
    ObjectStore store;

    private String run;
    private PlayedPipeline pipeline;

    @BeforeEach
    void begin() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
        run = start(RECIPE.replace("max_failures: 3", "max_failures: 0"));
        pipeline = new PlayedPipeline(store, run);
        pipeline.context(3, 0);
    }

    @Test
    void anIdentityThatIsNotCompleteIsReplacedAndTheRunGoesOn() throws IOException {
        run = start(RECIPE);
        pipeline = new PlayedPipeline(store, run);
        pipeline.context(3, 0);

        pipeline.says(0, Outcome.COMPLETE, "", Optional.empty());
        for (long ordinal = 1; ordinal <= 4; ordinal++) {
            pipeline.ends(ordinal, Outcome.COMPLETE);
        }

        IdentityOutcome[] members =
                Json.MAPPER.readValue(store.get(pipeline.request(1).members()), IdentityOutcome[].class);
        assertThat(members[0].outcome()).isEqualTo(Outcome.FAILED);
        assertThat(members[0].reason()).contains("names no crops");
        assertThat(members).hasSize(5);
    }

    @Test
    void aCompleteIdentityWithoutCropsHasFailed() {
        pipeline.says(0, Outcome.COMPLETE, "", Optional.empty());

        awaitFailure("names no crops");
    }

    @Test
    void aCompleteIdentityWithMoreCropsThanTheRecipeWantsHasFailed() {
        pipeline.says(0, Outcome.COMPLETE, "", Optional.of(pipeline.crops(0, 6)));

        awaitFailure("names 6 crops, the recipe wants 4");
    }

    @Test
    void aCompleteIdentityWithFewerCropsThanTheRecipeWantsHasFailed() {
        pipeline.says(0, Outcome.COMPLETE, "", Optional.of(pipeline.crops(0, 2)));

        awaitFailure("names 2 crops, the recipe wants 4");
    }

    @Test
    void aCompleteIdentityWithTheCropsOfAnotherHasFailed() {
        pipeline.says(0, Outcome.COMPLETE, "", Optional.of(pipeline.crops(1, 4)));

        awaitFailure("names the crops of " + run + "/1");
    }

    @Test
    void aCompleteIdentityWhoseCropsAreNotInTheStoreHasFailed() {
        Crops crops = pipeline.crops(0, 4);
        store.delete(Buckets.CROPS, Buckets.crops(run, 0));

        pipeline.says(0, Outcome.COMPLETE, "", Optional.of(crops));

        awaitFailure("cannot be read");
    }

    @Test
    void aCompleteIdentityWhoseCropsAreOthersThanToldHasFailed() {
        Crops crops = pipeline.crops(0, 4);
        store.put(Buckets.CROPS, Buckets.crops(run, 0), new byte[] {1});

        pipeline.says(0, Outcome.COMPLETE, "", Optional.of(crops));

        awaitFailure("cannot be read");
    }

    @Test
    void aCompleteIdentityWhoseCropsLieElsewhereHasFailed() {
        ObjectRef elsewhere = store.put(Buckets.BLOCKS, Buckets.crops(run, 0), new byte[] {1});

        pipeline.says(0, Outcome.COMPLETE, "", Optional.of(pipeline.crops(0, 4, elsewhere)));

        awaitFailure("they belong at crops/" + run + "/0.tar");
    }

    /** Of a run that allows no failure, whose reason is so that of its identity. */
    private void awaitFailure(String reason) {
        awaitState(run, "failed");
        assertThat(status(run).getString("reason"))
                .contains("identity 0: said to be complete")
                .contains(reason);
    }
}
