package org.facemill.platform.messaging;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics that this process reads whole. */
@ApplicationScoped
public class TopicReaders {

    private final KafkaClients clients;
    private final List<TopicReader> readers = new CopyOnWriteArrayList<>();

    TopicReaders(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Reads a topic from its beginning until the service stops.
     *
     * @param listener called for one record at a time, on a thread of the reader
     */
    public TopicReader read(String topic, Consumer<ConsumerRecord<String, byte[]>> listener) {
        TopicReader reader = new TopicReader(topic, clients::consumer, listener);
        readers.add(reader);
        reader.start();
        return reader;
    }

    List<TopicReader> all() {
        return List.copyOf(readers);
    }

    void stop(@Observes ShutdownEvent stop) {
        readers.forEach(TopicReader::stop);
    }
}
