package org.facemill.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.facemill.contracts.Topics;
import org.facemill.platform.health.Retrier;
import org.facemill.platform.testing.BrokerAndStore;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class RecordSenderTest {

    private static final List<ProducerRecord<String, byte[]>> RECORDS =
            List.of(new ProducerRecord<>(Topics.EVALUATIONS, "run", new byte[] {1}));

    private final List<MockProducer<String, byte[]>> made = new ArrayList<>();

    @Inject
    TopicLookup topics;

    @Inject
    Retrier retrier;

    @Test
    void aProducerThatFailedForGoodIsReplacedAndTheRecordSentByTheNext() {
        RecordSender sender = new RecordSender(this::producer, topics, retrier);
        sender.send(RECORDS);
        made.get(0).sendException = new KafkaException("fenced");

        sender.send(RECORDS);

        assertThat(made).hasSize(2);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(made.get(1).history()).isEqualTo(RECORDS);
        assertThat(sender.dead()).isEmpty();
    }

    private MockProducer<String, byte[]> producer() {
        MockProducer<String, byte[]> producer =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        made.add(producer);
        return producer;
    }
}
