package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.awaitStatus;
import static org.facemill.context.Runs.post;
import static org.facemill.context.Runs.status;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Topics;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class WarningsTest {

    private static final String RECIPE =
            "{identities: 2, images: 2, sampling: {sampler: stopped}, alignment: {aligner: stopped}}";
    private static final String SAMPLER_IS_MISSING =
            "nobody reads facemill.identity-contexts.stopped: the run waits for sampler stopped; start it";
    private static final String ALIGNER_IS_MISSING =
            "nobody reads facemill.raw-blocks.stopped: the run waits for aligner stopped; start it";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Test
    void aRunIsToldWhomItWaitsForUntilTheyRun() throws InterruptedException {
        new Topic(Topics.identityContexts("stopped")).create();
        new Topic(Topics.rawBlocks("stopped")).create();

        List<String> atOnce = post(RECIPE).statusCode(201).extract().path("warnings");
        String run = post(RECIPE).statusCode(201).extract().path("run");

        assertThat(atOnce).contains(SAMPLER_IS_MISSING, ALIGNER_IS_MISSING);
        assertThat(status(run).<String>getList("warnings")).contains(SAMPLER_IS_MISSING, ALIGNER_IS_MISSING);
        AtomicBoolean stop = new AtomicBoolean();
        Thread sampler = new Thread(() -> read(Topics.identityContexts("stopped"), stop));
        sampler.start();
        awaitStatus(run, s -> !s.<String>getList("warnings").contains(SAMPLER_IS_MISSING));
        assertThat(status(run).<String>getList("warnings")).contains(ALIGNER_IS_MISSING);
        stop.set(true);
        sampler.join();
        awaitStatus(run, s -> s.<String>getList("warnings").contains(SAMPLER_IS_MISSING));
    }

    private void read(String topic, AtomicBoolean stop) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "group.id", "stopped", "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!stop.get()) {
                consumer.poll(Duration.ofMillis(200));
            }
        }
    }
}
