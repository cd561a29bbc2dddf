package org.facemill.platform.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.platform.health.Retrier;

/**
 * Sends events, and returns when the broker has accepted them; tries for as long as that takes. Safe for use by many
 * threads; blocks, so never call it on an event loop.
 */
@ApplicationScoped
public class Publisher {

    /** The name under which health and metrics know the broker. */
    static final String SYSTEM = "broker";

    private final MutinyEmitter<byte[]> emitter;
    private final Retrier retrier;
    private final String stage;

    Publisher(
            @Channel("facemill-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            Retrier retrier,
            @ConfigProperty(name = "quarkus.application.name") String stage) {
        this.emitter = emitter;
        this.retrier = retrier;
        this.stage = stage;
    }

    /** Sends events, each as a CloudEvent under its key. */
    public void publish(List<Announcement> announcements) {
        if (announcements.isEmpty()) {
            return;
        }
        await(() -> announcements.stream()
                .map(a -> message(a.topic(), a.event().key(), EventCodec.encode(a.event()), headers(a.event(), stage)))
                .toList());
    }

    /** The headers of the record that carries an event of this stage. */
    static RecordHeaders headers(Event event, String stage) {
        RecordHeaders headers = new RecordHeaders();
        EventCodec.headers(event, stage)
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    /** Sends records as they are. */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        await(() -> records.stream()
                .map(r -> message(r.topic(), r.key(), r.value(), r.headers()))
                .toList());
    }

    /** Sends one record as it is; its key may be null. */
    void send(String topic, String key, byte[] value, Headers headers) {
        await(() -> List.of(message(topic, key, value, headers)));
    }

    private void await(Supplier<List<Message<byte[]>>> messages) {
        retrier.retry(
                SYSTEM,
                () -> Uni.join()
                        .all(messages.get().stream().map(emitter::sendMessage).toList())
                        .andFailFast()
                        .await()
                        .indefinitely(),
                failure -> !(failure instanceof RecordTooLargeException || failure instanceof InvalidTopicException));
    }

    private static Message<byte[]> message(String topic, String key, byte[] value, Headers headers) {
        return Message.of(
                value,
                Metadata.of(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(topic)
                        .withKey(key)
                        .withHeaders(headers)
                        .build()));
    }
}
