package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.facemill.contracts.Topics;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console as it is seen in a browser. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ConsoleTest {

    private static final String RECIPE = Runs.RECIPE.replace("identities: 4", "identities: 24");
    private static final String HOSTILE = "<img src=x onerror=\"window.acted=1\"><script>window.acted=1</script>";

    @Inject
    ObjectStore store;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void aRunIsSeenAsItGoesOn() {
        String run = Runs.start(RECIPE);
        PaintedPipeline pipeline = new PaintedPipeline(store, run);
        try (Browser browser = Browser.open()) {
            browser.at("/").awaitText(run).click("a[href='#/runs/" + run + "']");
            browser.awaitText("0 of 24");

            for (int ordinal = 0; ordinal < 12; ordinal++) {
                pipeline.completes(ordinal);
            }
            pipeline.discards(12, "a face was found in 1 of 6 images, 4 are wanted " + HOSTILE);
            pipeline.judges(4, 0.12);
            pipeline.judges(8, 0.08);
            pipeline.judges(12, 0.071);

            browser.awaitText("12 of 24")
                    .awaitText("7.1 %")
                    .awaitText("Lost identities")
                    .awaitText(HOSTILE);
            browser.assertPicturesLoad();
            browser.shoot("run");
            assertThat(browser.script("return window.acted")).isNull();
            assertThat(browser.script("return document.querySelectorAll('fm-chart canvas').length"))
                    .isEqualTo(1L);
            browser.assertSound();

            browser.at("/runs/" + run + "/identities/3").awaitText("Identity 3").awaitText("4 of 4");
            browser.assertPicturesLoad();
            browser.shoot("identity");
            browser.assertSound();
            browser.at("/").awaitText("12 of 24");
            browser.assertPicturesLoad();
            browser.shoot("runs");
            browser.assertSound();
        }
    }
}
