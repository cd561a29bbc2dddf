package org.facemill.ldmtrainer;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.LdmProgress;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.ldm.TrainingObserver;
import org.facemill.platform.job.Job;
import org.facemill.platform.job.JobCheckpoint;
import org.facemill.platform.store.ObjectStore;

/** Stores a training's progress and sample grids, and announces them. */
final class TrainingReporter implements TrainingObserver {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(2);

    /**
     * What the store holds of a training's progress, for whoever asks.
     *
     * @param last   latest event of it
     * @param millis when that was, since 1970
     */
    record Report(LdmProgress last, long millis) {}

    private final ObjectStore store;
    private final LdmJob request;
    private final JobCheckpoint checkpoint;
    private final Consumer<LdmProgress> progress;
    private final BooleanSupplier goOn;
    private String stage = "";
    private long reportedStep;
    private long reportedAt;
    private Optional<ObjectRef> samples = Optional.empty();
    private boolean samplesAreNew;

    TrainingReporter(
            ObjectStore store,
            LdmJob request,
            JobCheckpoint checkpoint,
            Consumer<LdmProgress> progress,
            BooleanSupplier goOn) {
        this.store = store;
        this.request = request;
        this.checkpoint = checkpoint;
        this.progress = progress;
        this.goOn = goOn;
    }

    @Override
    public boolean progress(String stage, long done, long total, Map<String, Double> metrics) {
        if (!stage.equals(this.stage)) {
            this.stage = stage;
            reportedStep = done - 1;
            reportedAt = System.nanoTime();
        }
        long elapsed = System.nanoTime() - reportedAt;
        if (done == total || elapsed > REPORT_EVERY.toNanos()) {
            double rate = elapsed == 0 ? 0 : (done - reportedStep) * 1e9 / elapsed;
            LdmProgress report = new LdmProgress(
                    request.run(),
                    request.model(),
                    stage,
                    done,
                    total,
                    metrics,
                    rate,
                    rate == 0 ? 0 : (total - done) / rate,
                    samplesAreNew ? samples : Optional.empty());
            store.putJson(
                    Buckets.RUNS,
                    Buckets.trainingProgress(request.run()),
                    new Report(report, System.currentTimeMillis()));
            progress.accept(report);
            reportedStep = done;
            reportedAt = System.nanoTime();
            samplesAreNew = false;
        }
        return goOn.getAsBoolean();
    }

    @Override
    public void saved(long steps) throws IOException {
        Files.write(
                checkpoint.folder().resolve(JobCheckpoint.MARK), Json.MAPPER.writeValueAsBytes(Map.of("step", steps)));
        checkpoint.upload();
    }

    @Override
    public void sampled(long step, RgbImage grid) {
        Job job = GeneratorTraining.KIND.job(request);
        samples =
                Optional.of(store.put(Buckets.RUNS, Buckets.sampleGrid(job.run(), job.name(), step), Images.png(grid)));
        samplesAreNew = true;
    }

    /** The last sample grid. */
    ObjectRef samples() {
        return samples.orElseThrow(() -> new IllegalStateException("a training that ended has sampled"));
    }
}
