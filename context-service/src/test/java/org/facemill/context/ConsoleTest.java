package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.RawBlock;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console as it is seen in a browser. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
@TestProfile(ConsoleTest.OwnLedger.class)
class ConsoleTest {

    private static final String RECIPE = Runs.RECIPE.replace("identities: 4", "identities: 24");
    private static final String HOSTILE = "<img src=x onerror=\"window.acted=1\"><script>window.acted=1</script>";

    /** The list shows no run of another test, whose pictures are not there. */
    public static final class OwnLedger implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.jdbc.url", "jdbc:h2:mem:console;DB_CLOSE_DELAY=-1");
        }
    }

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
            assertThat(browser.script("return document.querySelectorAll('fm-gallery img').length"))
                    .isEqualTo(12L);
            browser.shoot("run");
            browser.script("document.querySelector('fm-chart').scrollIntoView()");
            browser.shoot("figures");
            browser.script("document.querySelector('fm-gallery').scrollIntoView()");
            browser.shoot("gallery");
            assertThat(browser.script("return window.acted")).isNull();
            browser.awaitText("Worth a look").awaitText("0 and 3: 0.97");
            assertThat(browser.script("return document.querySelectorAll('fm-chart canvas').length"))
                    .as("EER, distribution, errors")
                    .isEqualTo(3L);
            browser.assertSound();

            browser.at("/runs/" + run + "/identities/3").awaitText("Identity 3").awaitText("4 of 4");
            browser.assertPicturesLoad();
            browser.shoot("identity");
            browser.assertSound();
            browser.at("/").awaitText("12 of 24");
            browser.assertPicturesLoad();
            browser.shoot("runs");
            browser.assertSound();

            browser.asDarkPhone();
            for (String page : List.of(
                    "/", "/runs/" + run, "/runs/" + run + "/identities/3", "/start", "/artefacts", "/dead-letters")) {
                browser.at(page).find("h1");
                browser.assertFits();
                browser.assertSound();
            }
            browser.at("/runs/" + run).awaitText("12 of 24");
            browser.shoot("phone");
        }
    }

    @Test
    void aRunIsStartedFromTheFormCancelledAndStartedAgain() {
        try (Browser browser = Browser.open()) {
            browser.at("/start").type("#f-identities", "0").type("#f-sampling-sampler", "absent");
            browser.awaitText("no sampler named absent is plugged in").awaitText("minimum value of 1");
            assertThat(browser.find("#f-identities").getAttribute("aria-invalid"))
                    .isEqualTo("true");
            browser.shoot("start");
            browser.assertSound();

            browser.type("#f-identities", "6").type("#f-images", "4").type("#f-sampling-sampler", "played");
            browser.open("details:nth-of-type(3)").type("#f-alignment-aligner", "played");
            browser.click("form button.primary");
            browser.awaitText("0 of 6");
            String run = browser.address().replace("/runs/", "");
            assertThat(Runs.state(run)).isEqualTo("running");

            browser.click("button.danger");
            browser.driver().switchTo().alert().accept();
            browser.awaitText("cancelled by a user");
            assertThat(Runs.state(run)).isEqualTo("cancelled");

            browser.click("a[href^='#/start?from=']");
            browser.awaitText("Start again with changes").awaitText("24 images of 6 identities");
            assertThat(browser.find("#yaml").getDomProperty("value"))
                    .isEqualTo("identities: 6\nimages: 4\nsampling:\n  sampler: played\n  model: ''\n"
                            + "alignment:\n  aligner: played\n");
        }
    }

    @Test
    void aDeadLetterIsShownSentAgainAndDismissed() {
        String run = Runs.start(RECIPE);
        new PlayedPipeline(store, run).sampled(5);
        Topic topic = new Topic(Topics.rawBlocks("played"));
        ConsumerRecord<String, byte[]> record =
                topic.await(Runs.PATIENCE, r -> r.key().equals(run + "/5"));
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        headers.put(DeadLetterHeaders.REASON, "the block is no PNG " + HOSTILE);
        headers.put(DeadLetterHeaders.TOPIC, record.topic());
        headers.put(DeadLetterHeaders.POSITION, record.partition() + "/" + record.offset());
        new Topic(Topics.deadLetters("played")).create();
        new Topic(Topics.deadLetters("played")).send(record.key(), record.value(), headers);
        new Topic(Topics.deadLetters("played")).send(run, "no event".getBytes(StandardCharsets.UTF_8), headers);

        try (Browser browser = Browser.open()) {
            browser.at("/dead-letters?run=" + run).awaitText(run + "/5").awaitText(HOSTILE);
            browser.clickIn("article", run + "/5", "Show");
            browser.awaitText("ce_type").awaitText("\"ordinal\": 5");
            browser.shoot("dead-letters");
            browser.assertSound();
            assertThat(browser.script("return window.acted")).isNull();

            browser.clickIn("article", run + "/5", "Send again");
            browser.awaitText("Sent to " + record.topic() + " again");
            RawBlock again = RecordDecoder.decode(
                    topic.await(Runs.PATIENCE, r -> r.key().equals(run + "/5") && r.offset() != record.offset()),
                    RawBlock.class);
            assertThat(again.attempt()).isEqualTo(1);

            browser.clickIn("article", run, "Send again");
            browser.awaitText("is no valid event, so its stage would refuse it again");
            browser.clickIn("article", run, "Dismiss");
            browser.awaitText("All are dealt with");
        }
    }
}
