package org.facemill.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.platform.messaging.Announcement;

/** An event that is to be sent, written in the transaction that it tells of. */
@Entity
@Table(name = "outbox")
public class OutboxEntry extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String run;
    public String topic;
    public String type;
    public String body;

    /** Writes an event down; it is sent after the transaction. */
    static void add(String topic, Event event) {
        OutboxEntry entry = new OutboxEntry();
        entry.run = event.run();
        entry.topic = topic;
        entry.type = EventType.of(event.getClass()).ceType();
        entry.body = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
        entry.persist();
    }

    Announcement announcement() {
        try {
            return new Announcement(
                    topic,
                    Json.MAPPER.readValue(body, EventType.of(type).orElseThrow().event()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outbox " + id + " holds no " + type, e);
        }
    }
}
