package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.facemill.contracts.Topics;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console when there is much to show, many who look, or nobody who answers. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ConsoleLoadTest {

    private static final int PAGES = 200;
    private static final int MANY = 10_000;
    private static final String RECIPE = Runs.RECIPE.replace("identities: 4", "identities: 40");

    @Inject
    ObjectStore store;

    @Inject
    DataSource ledger;

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void aPageRecoversByItselfWhenTheServiceIsGoneForAWhile() {
        String run = Runs.start(RECIPE);
        PaintedPipeline pipeline = new PaintedPipeline(store, run);
        try (Relay relay = new Relay(RestAssured.port);
                Browser browser = Browser.open(relay.port())) {
            browser.at("/runs/" + run).awaitText("0 of 40");
            await().until(() -> browser.find("#connection").getText().equals("Live"));

            relay.cut();
            await().atMost(Runs.PATIENCE)
                    .until(() -> browser.find("#connection").getText().startsWith("Connection lost"));
            pipeline.completes(0);
            Runs.awaitStatus(run, status -> status.getInt("identities.complete") == 1);
            relay.mend();

            browser.awaitText("1 of 40");
            await().atMost(Runs.PATIENCE)
                    .until(() -> browser.find("#connection").getText().equals("Live"));
            browser.assertPicturesLoad();
        }
    }

    @Test
    void tenThousandIdentitiesAreScrolledThroughWhileFewAreInThePage() throws SQLException {
        String run = Runs.start(RECIPE.replace("identities: 40", "identities: " + MANY));
        Runs.awaitStatus(run, status -> status.getInt("identities.issued") == 48);
        issue(run);
        try (Browser browser = Browser.open()) {
            browser.at("/runs/" + run).awaitText("Identity 0");

            browser.script("""
                    window.gallery = document.querySelector('fm-gallery');
                    window.took = [];
                    window.most = 0;
                    const step = () => {
                        const before = performance.now();
                        gallery.scrollTop += 1500;
                        gallery.draw();
                        took.push(performance.now() - before);
                        most = Math.max(most, gallery.querySelectorAll('a').length);
                        if (gallery.scrollTop + gallery.clientHeight < gallery.scrollHeight - 1) requestAnimationFrame(step);
                        else window.finished = true;
                    };
                    step();""");
            await().atMost(Runs.PATIENCE).until(() -> Boolean.TRUE.equals(browser.script("return window.finished")));

            browser.awaitText("Identity " + (MANY - 1));
            await().until(() -> browser.script(
                            "return gallery.querySelector('a[href$=\"/9999\"] .picture').textContent.trim()")
                    .equals("waiting"));
            assertThat((Long) browser.script("return most")).isLessThan(150);
            // a frame at 60 Hz has 16.7 ms
            assertThat(((Number) browser.script("return took.sort((a, b) => a - b)[Math.floor(took.length / 2)]"))
                            .doubleValue())
                    .isLessThan(16.7);
        }
    }

    /** As many as were issued, and nothing else is known of them. */
    private void issue(String run) throws SQLException {
        try (Connection connection = ledger.getConnection();
                PreparedStatement identities = connection.prepareStatement(
                        "insert into identity(run, ordinal, attempt, reason, stage, heard_at, heard_ended, reached)"
                                + " select ?, x, 0, '', '', now(), 0, 'ISSUED' from system_range(48, ?)");
                PreparedStatement issued = connection.prepareStatement("update run set issued = ? where name = ?")) {
            identities.setString(1, run);
            identities.setInt(2, MANY - 1);
            identities.executeUpdate();
            issued.setInt(1, MANY);
            issued.setString(2, run);
            issued.executeUpdate();
        }
    }

    @Test
    void twoHundredOpenPagesCostLessThanACore() throws Exception {
        String run = Runs.start(RECIPE);
        PlayedPipeline pipeline = new PlayedPipeline(store, run);
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest page = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/events/runs/" + run))
                .build();
        Map<Integer, AtomicInteger> heard = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> pages = IntStream.range(0, PAGES)
                .<CompletableFuture<?>>mapToObj(i -> http.sendAsync(page, BodyHandlers.ofLines())
                        .thenAcceptAsync(
                                response -> response.body()
                                        .filter(line -> line.startsWith("event:run") || line.startsWith("event: run"))
                                        .forEach(line -> heard.computeIfAbsent(i, n -> new AtomicInteger())
                                                .incrementAndGet()),
                                task -> {
                                    Thread reader = new Thread(task);
                                    reader.setDaemon(true);
                                    reader.start();
                                }))
                .toList();
        await().atMost(Duration.ofMinutes(2)).until(() -> heard.size() == PAGES);

        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long begin = System.nanoTime();
        for (int ordinal = 0; ordinal < 20; ordinal++) {
            pipeline.sampled(ordinal);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> heard.values().stream().allMatch(count -> count.get() >= 12));
        double cores = (double) (process.getProcessCpuTime() - cpu) / (System.nanoTime() - begin);

        System.out.printf("200 pages on one run: %.2f cores, pages, producers and service together%n", cores);
        assertThat(cores).isLessThan(1);
        pages.forEach(one -> one.cancel(true));
    }
}
