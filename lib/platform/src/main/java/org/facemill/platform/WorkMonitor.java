package org.facemill.platform;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.contracts.event.Event;

/** What this process works on at the moment, and when each piece of work was last seen to go on. */
@ApplicationScoped
public class WorkMonitor {

    private final Map<Event, Long> lastStep = new ConcurrentHashMap<>();

    WorkMonitor(MeterRegistry metrics) {
        metrics.gaugeMapSize("facemill.in.flight", List.of(), lastStep);
    }

    /** Work began or went on. */
    public void seen(Event event) {
        lastStep.put(event, System.nanoTime());
    }

    /** Work is over. */
    public void ended(Event event) {
        lastStep.remove(event);
    }

    /** Everything goes on from here: the time before, such as an outage, is not the work's. */
    void allSeen() {
        lastStep.replaceAll((event, before) -> System.nanoTime());
    }

    Iterable<Event> inFlight() {
        return lastStep.keySet();
    }

    /** How long the work that was silent longest has been so; empty where there is no work. */
    Optional<Duration> longestSilence() {
        return lastStep.values().stream()
                .min((a, b) -> Long.compare(a - b, 0))
                .map(at -> Duration.ofNanos(System.nanoTime() - at));
    }
}
