package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;

/**
 * Sends events, and returns when the broker has accepted them; retries for as long as that takes. Throws what is final: a
 * topic that does not exist, an event that is too large. Safe for use by many threads; blocks, so it must not be called on
 * an event loop.
 */
@ApplicationScoped
public class Publisher {

    /** The name under which health and metrics know the broker. */
    static final String SYSTEM = "broker";

    private final RecordSender sender;
    private final String stage;

    Publisher(RecordSender sender, @ConfigProperty(name = "quarkus.application.name") String stage) {
        this.sender = sender;
        this.stage = stage;
    }

    /** Sends events, each as a CloudEvent under its key. */
    public void publish(List<Announcement> announcements) {
        publish(announcements, Extensions.NONE);
    }

    /** Sends events that came of another one, and hands its extensions on. */
    public void publish(List<Announcement> announcements, Extensions extensions) {
        send(announcements.stream()
                .map(announcement -> new ProducerRecord<>(
                        announcement.topic(),
                        null,
                        announcement.event().key(),
                        EventCodec.encode(announcement.event()),
                        extensions.addedTo(headers(announcement.event(), stage))))
                .toList());
    }

    /** Sends records as they are. A run's state is accepted before what stands after it is sent. */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        List<ProducerRecord<String, byte[]>> together = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : records) {
            together.add(record);
            if (record.topic().equals(Topics.RUNS)) {
                sender.send(together);
                together = new ArrayList<>();
            }
        }
        if (!together.isEmpty()) {
            sender.send(together);
        }
    }

    /** The headers of the record that carries an event of this stage. */
    static RecordHeaders headers(Event event, String stage) {
        RecordHeaders headers = new RecordHeaders();
        EventCodec.headers(event, stage)
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
