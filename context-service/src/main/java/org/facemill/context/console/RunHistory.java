package org.facemill.context.console;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.FrProgress;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.messaging.TopicReaders;

/**
 * How the figures of runs came to be what they are: evaluations and progress of trainings, as far back as their topics reach.
 * Every process reads these topics whole; a record that comes again changes nothing.
 */
@ApplicationScoped
class RunHistory {

    private final TopicReaders readers;
    private final Map<String, Figures> runs = new ConcurrentHashMap<>();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();

    RunHistory(TopicReaders readers) {
        this.readers = readers;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent start) {
        readers.read(Topics.EVALUATIONS, record -> take(record, Evaluation.class, Figures::add));
        readers.read(Topics.FR_PROGRESS, record -> take(record, FrProgress.class, Figures::add));
    }

    /** Calls a listener with every event that is new, on a thread of a reader. */
    void listen(Consumer<Event> listener) {
        listeners.add(listener);
    }

    Collection<Evaluation> evaluations(String run) {
        return figures(run).evaluations();
    }

    Collection<FrProgress> trainings(String run) {
        return figures(run).trainings();
    }

    /** Of the dataset's latest version; before it is judged, as live figures last had it. */
    Optional<Double> eer(String run) {
        return figures(run).eer();
    }

    private Figures figures(String run) {
        return runs.getOrDefault(run, new Figures());
    }

    private interface Addition<E> {
        boolean to(Figures figures, E event);
    }

    private <E extends Event> void take(ConsumerRecord<String, byte[]> record, Class<E> type, Addition<E> addition) {
        try {
            E event = RecordDecoder.decode(record, type);
            if (addition.to(runs.computeIfAbsent(event.run(), run -> new Figures()), event)) {
                listeners.forEach(listener -> listener.accept(event));
            }
        } catch (InvalidEventException e) {
            // the listener of the pipeline puts it away, with the reason
            return;
        }
    }
}
