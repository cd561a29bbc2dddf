package org.facemill.evaluator;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.platform.store.CorruptObjectException;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.TensorFormatException;
import org.jboss.logging.Logger;

/**
 * One run: what was announced of it and, while this instance owns it, what of that is counted. Announcements come on any
 * thread, all else on one.
 */
final class LiveRun {

    private static final Logger LOG = Logger.getLogger(LiveRun.class);

    private final String name;
    private final ObjectStore store;
    private final LiveSnapshots snapshots;
    private final Map<Long, IdentityEmbeddings> announced = new TreeMap<>();
    private final Set<Long> unreadable = new HashSet<>();
    private Optional<IdentitySeparation> separation = Optional.empty();
    private Optional<LiveSnapshots.Snapshot> snapshot = Optional.empty();
    private long keptNanos;
    private int keptIdentities;

    LiveRun(String name, ObjectStore store) {
        this.name = name;
        this.store = store;
        this.snapshots = new LiveSnapshots(store);
    }

    /** Takes note of one identity's embeddings. */
    void add(IdentityEmbeddings event) {
        synchronized (announced) {
            announced.put(event.ordinal(), event);
        }
    }

    /** Another instance owns the run, or it is over. */
    void release() {
        separation.ifPresent(IdentitySeparation::close);
        separation = Optional.empty();
        snapshot = Optional.empty();
        unreadable.clear();
    }

    /** Recogniser that encodes the run. */
    String model() {
        return announced().get(0).model();
    }

    /** Counts what has come since the last time; figures of all so far, where there are new ones. */
    Optional<Separation> refresh() throws IOException {
        boolean news = false;
        for (IdentityEmbeddings event : announced()) {
            if (separation.isEmpty()) {
                open(event);
            }
            if (!separation.get().contains(event.ordinal()) && !unreadable.contains(event.ordinal())) {
                news |= count(event);
            }
        }
        return news && separation.get().measurable() ? separation.map(Separation::of) : Optional.empty();
    }

    /** Keeps what was counted for the next owner, where the last time is long enough ago and there is something new. */
    void keep(Duration interval) throws IOException {
        if (separation.isPresent()
                && separation.get().identities() > keptIdentities
                && System.nanoTime() - keptNanos >= interval.toNanos()) {
            snapshot = Optional.of(
                    snapshots.save(name, model(), announced().get(0).dimension(), separation.get(), snapshot));
            noteKept();
        }
    }

    private void open(IdentityEmbeddings first) throws IOException {
        Optional<LiveSnapshots.Restored> restored = snapshots.restore(name, first.model());
        separation = Optional.of(restored.map(LiveSnapshots.Restored::separation)
                .orElseGet(() -> new IdentitySeparation(first.dimension())));
        snapshot = restored.map(LiveSnapshots.Restored::snapshot);
        noteKept();
    }

    private void noteKept() {
        keptIdentities = separation.map(IdentitySeparation::identities).orElse(0);
        keptNanos = System.nanoTime();
    }

    /** An identity whose embeddings cannot be used is passed over, so that the others are judged. */
    private boolean count(IdentityEmbeddings event) throws IOException {
        try {
            return separation.get().add(event.ordinal(), CropEncoding.read(store, event.embeddings()));
        } catch (IllegalArgumentException | TensorFormatException | MissingObjectException | CorruptObjectException e) {
            LOG.warnf("run %s goes on without identity %d: %s", name, event.ordinal(), e.getMessage());
            unreadable.add(event.ordinal());
            return false;
        }
    }

    private List<IdentityEmbeddings> announced() {
        synchronized (announced) {
            return List.copyOf(announced.values());
        }
    }
}
