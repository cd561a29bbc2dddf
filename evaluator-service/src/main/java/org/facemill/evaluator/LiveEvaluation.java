package org.facemill.evaluator;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.store.CorruptObjectException;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.TensorFormatException;
import org.jboss.logging.Logger;

/**
 * Figures of all identities encoded so far, kept for each run by its one owner: an {@link Evaluation} of kind live, and
 * {@code live.json} and {@code live.html} in the evaluations bucket. State is in memory alone and is made again from the
 * topic and the bucket of embeddings after a start, or when the run changes its owner.
 */
@ApplicationScoped
public class LiveEvaluation {

    private static final Logger LOG = Logger.getLogger(LiveEvaluation.class);

    private final ObjectStore store;
    private final Publisher publisher;
    private final RunRegistry runs;
    private final RunOwnership ownership;
    private final Map<String, Run> known = new ConcurrentHashMap<>();

    /** One run: what was announced of it, and what of that is counted already. */
    private static final class Run {
        private final Map<Long, IdentityEmbeddings> announced = new TreeMap<>();
        private final Set<Long> unreadable = new HashSet<>();
        private Optional<IdentitySeparation> separation = Optional.empty();

        synchronized void add(IdentityEmbeddings event) {
            announced.put(event.ordinal(), event);
        }

        synchronized List<IdentityEmbeddings> announced() {
            return List.copyOf(announced.values());
        }

        void forget() {
            separation.ifPresent(IdentitySeparation::close);
            separation = Optional.empty();
        }
    }

    LiveEvaluation(
            ObjectStore store, Publisher publisher, RunRegistry runs, @Identifier("run-ownership") RunOwnership ownership) {
        this.store = store;
        this.publisher = publisher;
        this.runs = runs;
        this.ownership = ownership;
    }

    /** Takes note of one identity's embeddings. */
    void announced(IdentityEmbeddings event) {
        known.computeIfAbsent(event.run(), run -> new Run()).add(event);
    }

    @Scheduled(
            every = "{facemill.live-interval}",
            delayed = "{facemill.live-interval}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        known.forEach((name, run) -> {
            if (runs.ended(name) || !ownership.owns(name)) {
                run.forget();
                return;
            }
            try {
                refresh(name, run);
            } catch (IOException | RuntimeException e) {
                // live figures hold up nothing: the run goes on, and the next round tries again
                LOG.warnf(e, "live figures of run %s", name);
            }
        });
        known.keySet().removeIf(runs::ended);
    }

    private void refresh(String name, Run run) throws IOException {
        List<IdentityEmbeddings> announced = run.announced();
        boolean news = false;
        for (IdentityEmbeddings event : announced) {
            if (run.separation.isEmpty()) {
                run.separation = Optional.of(new IdentitySeparation(event.dimension()));
            }
            if (!run.separation.get().contains(event.ordinal()) && !run.unreadable.contains(event.ordinal())) {
                news |= add(run, event);
            }
        }
        if (news && run.separation.get().measurable()) {
            publish(name, announced.get(0).model(), Separation.of(run.separation.get()));
        }
    }

    /** An identity whose embeddings cannot be used is passed over, so that the others are judged. */
    private boolean add(Run run, IdentityEmbeddings event) throws IOException {
        try {
            return run.separation.get().add(event.ordinal(), CropEncoding.read(store, event.embeddings()));
        } catch (IllegalArgumentException
                | TensorFormatException
                | MissingObjectException
                | CorruptObjectException e) {
            LOG.warnf("run %s goes on without identity %d: %s", event.run(), event.ordinal(), e.getMessage());
            run.unreadable.add(event.ordinal());
            return false;
        }
    }

    private void publish(String run, String model, Separation separation) {
        EvaluationReport report = EvaluationReport.of("Run " + run + " so far", Map.of("recogniser", model))
                .with(separation);
        store.put(Buckets.EVALUATIONS, Buckets.evaluation(run) + "live.html", report.html());
        store.put(Buckets.EVALUATIONS, Buckets.evaluation(run) + "live.json", report.json());
        publisher.publish(List.of(new Announcement(
                Topics.EVALUATIONS,
                new Evaluation(
                        run,
                        EvaluationKind.LIVE,
                        model,
                        "",
                        separation.identities(),
                        separation.images(),
                        report.metrics(),
                        Optional.empty()))));
    }
}
