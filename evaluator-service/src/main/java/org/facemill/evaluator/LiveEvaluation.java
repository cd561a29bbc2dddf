package org.facemill.evaluator;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.store.ObjectStore;
import org.jboss.logging.Logger;

/**
 * Figures of all identities encoded so far, kept for each run by its one owner: an {@link Evaluation} of kind live, and
 * {@code live.json} and {@code live.html} in the evaluations bucket. What was counted is in memory, and now and then in the
 * store ({@link LiveSnapshots}): after a start, or when the run changes its owner, it goes on from there with what was announced
 * since. The figures are those of the same identities judged at once, to the last digit.
 */
@ApplicationScoped
public class LiveEvaluation {

    private static final Logger LOG = Logger.getLogger(LiveEvaluation.class);

    private final ObjectStore store;
    private final Publisher publisher;
    private final RunRegistry runs;
    private final RunOwnership ownership;
    private final Duration snapshotInterval;
    private final Map<String, LiveRun> known = new ConcurrentHashMap<>();

    LiveEvaluation(
            ObjectStore store,
            Publisher publisher,
            RunRegistry runs,
            @Identifier("run-ownership") RunOwnership ownership,
            @ConfigProperty(name = "facemill.live-snapshot-interval") Duration snapshotInterval) {
        this.store = store;
        this.publisher = publisher;
        this.runs = runs;
        this.ownership = ownership;
        this.snapshotInterval = snapshotInterval;
    }

    /** Takes note of one identity's embeddings. */
    void announced(IdentityEmbeddings event) {
        known.computeIfAbsent(event.run(), run -> new LiveRun(run, store)).add(event);
    }

    @Scheduled(
            every = "{facemill.live-interval}",
            delayed = "{facemill.live-interval}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        known.forEach((name, run) -> {
            try {
                if (!ownership.owns(name)) {
                    run.release();
                } else if (over(name)) {
                    run.keep(Duration.ZERO);
                    run.release();
                } else {
                    Optional<Separation> figures = run.refresh();
                    figures.ifPresent(separation -> publish(name, run.model(), separation));
                    run.keep(snapshotInterval);
                }
            } catch (IOException | RuntimeException e) {
                // live figures hold up nothing: the run goes on, and the next round tries again
                LOG.warnf(e, "live figures of run %s", name);
            }
        });
        // what was announced of a completed run is remembered: it may be extended
        known.keySet().removeIf(runs::abandoned);
    }

    private boolean over(String run) {
        return runs.find(run).filter(known -> known.state().terminal()).isPresent();
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
