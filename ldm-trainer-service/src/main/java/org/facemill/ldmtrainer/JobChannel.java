package org.facemill.ldmtrainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.LdmModel;
import org.facemill.contracts.event.LdmProgress;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.platform.job.Job;
import org.facemill.platform.job.JobLoop;
import org.facemill.platform.job.Jobs;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Extensions;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.Stage;
import org.facemill.platform.store.ObjectStore;

/** Requests for trainings come in, are checked and stored as jobs; {@link GeneratorTraining} is what happens to each. */
@ApplicationScoped
class JobChannel {

    private static final String STEPS_PER_SECOND = "steps.per.second";

    private final Stage stage;
    private final ObjectStore store;
    private final Publisher publisher;
    private final TrainingRepository trainings;
    private final JobLoop<LdmJob, LdmModel> jobs;
    private final Map<String, Double> figures = new ConcurrentHashMap<>();

    JobChannel(
            Stage stage,
            Jobs jobs,
            ObjectStore store,
            Publisher publisher,
            TrainingRepository trainings,
            MeterRegistry metrics) {
        this.stage = stage;
        this.store = store;
        this.publisher = publisher;
        this.trainings = trainings;
        this.jobs = jobs.loop(GeneratorTraining.KIND, new GeneratorTraining(store, this::tell));
        for (String figure : List.of("error", "loss", "lr", STEPS_PER_SECOND)) {
            metrics.gauge("facemill.ldm." + figure, figures, known -> known.getOrDefault(figure, Double.NaN));
        }
    }

    void start(@Observes StartupEvent started) {
        jobs.start();
    }

    @Incoming("ldm-jobs")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(record, LdmJob.class, this::take);
    }

    private List<Announcement> take(LdmJob request, Extensions extensions, Heartbeat heartbeat) {
        trainings.note(request);
        try {
            check(request);
        } catch (RecipeException | IllegalArgumentException e) {
            GeneratorTraining.KIND.job(request).storeFailure(store, e.getMessage());
            throw e;
        }
        return jobs.apply(request, extensions, heartbeat);
    }

    private void check(LdmJob request) {
        LdmRecipes.check(request.recipe());
        Job job = GeneratorTraining.KIND.job(request);
        boolean known = job.request(store, LdmJob.class).isPresent()
                || job.result(store, LdmModel.class).isPresent();
        if (!known) {
            trainings.rival(request.model()).ifPresent(rival -> {
                throw new IllegalArgumentException(rival);
            });
        }
    }

    private void tell(LdmProgress progress) {
        figures.putAll(progress.metrics());
        figures.put(STEPS_PER_SECOND, progress.stepsPerSecond());
        publisher.publish(List.of(new Announcement(Topics.LDM_PROGRESS, progress)));
    }
}
