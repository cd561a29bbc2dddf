package org.facemill.context.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;

/** A record that is to be sent, encoded in the transaction of the change that it announces. */
@Entity
@Table(name = "outbox")
class OutboxEntry {

    private static final String SOURCE = "context";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String run;
    private String topic;

    @Column(name = "record_key")
    private String recordKey;

    /** Name to value, as JSON. */
    private String headers;

    private String body;

    protected OutboxEntry() {}

    OutboxEntry(String topic, Event event) {
        this.run = event.run();
        this.topic = topic;
        this.recordKey = event.key();
        this.headers = JsonText.of(EventCodec.headers(event, SOURCE));
        this.body = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    }

    Long id() {
        return id;
    }

    /** The record, as it was encoded. */
    ProducerRecord<String, byte[]> asRecord() {
        ProducerRecord<String, byte[]> result =
                new ProducerRecord<>(topic, recordKey, body.getBytes(StandardCharsets.UTF_8));
        ((Map<?, ?>) JsonText.read(headers, Map.class))
                .forEach((name, value) ->
                        result.headers().add((String) name, ((String) value).getBytes(StandardCharsets.UTF_8)));
        return result;
    }
}
