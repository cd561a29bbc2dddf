package org.facemill.platform.health;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.contracts.event.Event;

/** The work in flight in this process, and the last heartbeat of each piece. */
@ApplicationScoped
public class WorkMonitor {

    private final Map<Event, Long> lastBeat = new ConcurrentHashMap<>();

    WorkMonitor(MeterRegistry metrics) {
        metrics.gaugeMapSize("facemill.in.flight", List.of(), lastBeat);
    }

    /** Notes a heartbeat; the first one begins the work. */
    public void beat(Event event) {
        lastBeat.put(event, System.nanoTime());
    }

    /** Notes that work ended, well or not. */
    public void finished(Event event) {
        lastBeat.remove(event);
    }

    /** Restarts every clock: an outage, say, does not count as silence of the work. */
    void resetAll() {
        lastBeat.replaceAll((event, before) -> System.nanoTime());
    }

    /** The events that are being worked on. */
    public Iterable<Event> inFlight() {
        return lastBeat.keySet();
    }

    /** The longest time since a heartbeat among all work in flight; empty where there is none. */
    Optional<Duration> longestSilence() {
        return lastBeat.values().stream()
                .min((a, b) -> Long.compare(a - b, 0))
                .map(at -> Duration.ofNanos(System.nanoTime() - at));
    }
}
