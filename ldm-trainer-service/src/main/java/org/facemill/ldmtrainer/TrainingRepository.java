package org.facemill.ldmtrainer;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.LdmModel;
import org.facemill.contracts.recipe.Names;
import org.facemill.ldmtrainer.TrainingStatus.State;
import org.facemill.platform.job.Job;
import org.facemill.platform.job.JobLeases;
import org.facemill.platform.messaging.RunRegistry;
import org.facemill.platform.store.ObjectStore;

/**
 * All trainings and their states, whichever instance trains: from the store, and from the topic of runs for those that were
 * cancelled.
 */
@ApplicationScoped
class TrainingRepository {

    private static final Pattern KEY = Pattern.compile(Buckets.training("(" + Names.RUN_PATTERN + ")"));

    private final ObjectStore store;
    private final RunRegistry runs;

    TrainingRepository(ObjectStore store, RunRegistry runs) {
        this.store = store;
        this.runs = runs;
    }

    /** Keeps what was asked for; of several requests of one run the first. */
    void note(LdmJob request) {
        store.putIfAbsent(Buckets.JOBS, Buckets.training(request.run()), EventCodec.encode(request));
    }

    /** Why a new training may not make this model, where another has made it or is about to. */
    Optional<String> rival(String model) {
        if (!store.list(Buckets.MODELS, Buckets.model(model)).isEmpty()) {
            return Optional.of("the store has a model `" + model + "` already; choose another name, or delete it");
        }
        return Job.stored(store, GeneratorTraining.KIND).stream()
                .filter(job -> job.request(store, LdmJob.class)
                        .filter(request -> request.model().equals(model))
                        .isPresent())
                .findFirst()
                .map(job -> "training " + job.run() + " makes a model `" + model
                        + "` already; choose another name, or cancel it");
    }

    /** All trainings, latest first. */
    List<TrainingStatus> all() {
        return store.list(Buckets.JOBS, Buckets.trainings()).stream()
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(key -> key.group(1))
                .sorted(Comparator.reverseOrder())
                .map(this::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where a training stands; empty where there is none of this name. */
    Optional<TrainingStatus> find(String run) {
        return Optional.of(run)
                .filter(name -> name.matches(Names.RUN_PATTERN))
                .flatMap(name -> store.findJson(Buckets.JOBS, Buckets.training(name), LdmJob.class))
                .map(this::status);
    }

    private TrainingStatus status(LdmJob request) {
        Job job = GeneratorTraining.KIND.job(request);
        // read before what comes of it: a training that ends meanwhile shows as ended
        boolean stored = job.request(store, LdmJob.class).isPresent();
        boolean taken = JobLeases.taken(store, job);
        Optional<LdmModel> result = job.result(store, LdmModel.class);
        Optional<String> failure = job.failure(store).filter(reason -> !stored);
        State state;
        if (result.isPresent()) {
            state = State.DONE;
        } else if (failure.isPresent()) {
            state = State.FAILED;
        } else if (runs.abandoned(request.run())) {
            state = State.CANCELLED;
        } else {
            state = taken ? State.TRAINING : State.WAITING;
        }
        return new TrainingStatus(
                request.run(),
                request.model(),
                state,
                failure.orElse(""),
                store.findJson(Buckets.RUNS, Buckets.trainingProgress(request.run()), TrainingReporter.Report.class)
                        .map(TrainingStatus.Progress::of),
                latestSamples(job),
                result.map(LdmModel::files).orElse(List.of()));
    }

    private Optional<String> latestSamples(Job job) {
        String prefix = Buckets.sampleGrids(job.run(), job.name());
        return store.list(Buckets.RUNS, prefix).stream()
                .max(Comparator.comparingLong(
                        key -> Long.parseLong(key.substring(prefix.length(), key.length() - ".png".length()))));
    }
}
