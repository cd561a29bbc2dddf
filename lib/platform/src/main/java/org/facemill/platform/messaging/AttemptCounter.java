package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.platform.store.ObjectStore;

/** Counts, by marks in the store, how often a worker died over a piece of work. */
@ApplicationScoped
public class AttemptCounter {

    static final int LIMIT = 3;

    private final ObjectStore store;
    private final String stage;

    AttemptCounter(ObjectStore store, @ConfigProperty(name = "quarkus.application.name") String stage) {
        this.store = store;
        this.stage = stage;
    }

    /**
     * Notes that work begins.
     *
     * @throws IllegalStateException where it began {@value #LIMIT} times before and never ended
     */
    void begin(Event event) {
        int before = store.find(Buckets.RUNS, key(event))
                .map(mark -> Integer.parseInt(new String(mark, StandardCharsets.US_ASCII)))
                .orElse(0);
        if (before >= LIMIT) {
            throw new IllegalStateException("ended its worker " + LIMIT + " times; the " + stage + "'s log says how");
        }
        store.put(Buckets.RUNS, key(event), Integer.toString(before + 1).getBytes(StandardCharsets.US_ASCII));
    }

    /** Notes that work ended, well or not. */
    void end(Event event) {
        store.delete(Buckets.RUNS, key(event));
    }

    private String key(Event event) {
        String work = event instanceof IdentityEvent identity
                ? Long.toString(identity.ordinal())
                : EventType.of(event.getClass()).schema() + "-"
                        + event.discriminator().replace('/', '-');
        return Buckets.attempts(event.run(), stage, work);
    }
}
