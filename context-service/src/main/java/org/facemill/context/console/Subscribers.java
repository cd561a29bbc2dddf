package org.facemill.context.console;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/** Those who watch one thing: each is first told what is known of it, then all that changes. What is told is written once for all. */
final class Audience {

    /** Who is so far behind is cut off, and begins again. */
    private static final int FURTHEST_BEHIND = 256;

    private final Set<MultiEmitter<? super Told>> watchers = new CopyOnWriteArraySet<>();

    /** @param known what there is to tell at first; asked for on a thread that may wait */
    Multi<Told> join(Supplier<List<Told>> known) {
        return Multi.createFrom()
                .<Told>emitter(watcher -> welcome(watcher, known), FURTHEST_BEHIND)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private synchronized void welcome(MultiEmitter<? super Told> watcher, Supplier<List<Told>> known) {
        known.get().forEach(watcher::emit);
        watchers.add(watcher);
        watcher.onTermination(() -> watchers.remove(watcher));
    }

    synchronized void tell(Told told) {
        watchers.forEach(watcher -> watcher.emit(told));
    }

    boolean isEmpty() {
        return watchers.isEmpty();
    }
}
