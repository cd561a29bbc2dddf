package org.facemill.context.console;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/** Subscribers of one stream: each first receives the present state, then every change. An event is encoded once for all of them. */
final class Subscribers {

    /** A subscriber that lags by more is cut off; it reconnects and begins afresh. */
    private static final int MOST_PENDING = 256;

    private final Set<MultiEmitter<? super StreamEvent>> emitters = new CopyOnWriteArraySet<>();

    /** @param state the present state; asked for on a thread that may block */
    Multi<StreamEvent> subscribe(Supplier<List<StreamEvent>> state) {
        return Multi.createFrom()
                .<StreamEvent>emitter(emitter -> welcome(emitter, state), MOST_PENDING)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private synchronized void welcome(MultiEmitter<? super StreamEvent> emitter, Supplier<List<StreamEvent>> state) {
        state.get().forEach(emitter::emit);
        emitters.add(emitter);
        emitter.onTermination(() -> emitters.remove(emitter));
    }

    synchronized void publish(StreamEvent event) {
        emitters.forEach(emitter -> emitter.emit(event));
    }

    boolean isEmpty() {
        return emitters.isEmpty();
    }
}
