package org.facemill.ldmtrainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.LdmModel;
import org.facemill.contracts.event.LdmProgress;
import org.facemill.ldm.LdmTraining;
import org.facemill.platform.job.JobCheckpoint;
import org.facemill.platform.job.JobKind;
import org.facemill.platform.job.JobWork;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.WholeFiles;

/** Trains the generator of one job, from its checkpoint if there is one. */
final class GeneratorTraining implements JobWork<LdmJob, LdmModel> {

    static final JobKind<LdmJob, LdmModel> KIND =
            new JobKind<>("ldm", LdmJob.class, Topics.LDM_JOBS, LdmModel.class, Topics.LDM_MODELS);

    private final ObjectStore store;
    private final Consumer<LdmProgress> progress;

    GeneratorTraining(ObjectStore store, Consumer<LdmProgress> progress) {
        this.store = store;
        this.progress = progress;
    }

    @Override
    public Optional<LdmModel> apply(LdmJob request, JobCheckpoint checkpoint, BooleanSupplier goOn) throws IOException {
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("facemill-ldm");
        try {
            Path data = folder.resolve("data");
            TrainingData.download(store, request.recipe(), data);
            Path model = folder.resolve(request.model());
            TrainingReporter observer = new TrainingReporter(store, request, checkpoint, progress, goOn);
            Optional<LdmTraining.Result> result =
                    LdmTraining.run(request.recipe(), data, checkpoint.folder(), model, observer);
            if (result.isEmpty()) {
                checkpoint.upload();
                return Optional.empty();
            }
            return Optional.of(new LdmModel(
                    request.run(),
                    request.model(),
                    upload(request.model(), model),
                    observer.samples(),
                    result.get().steps(),
                    result.get().loss(),
                    (System.nanoTime() - start) / 1e9));
        } finally {
            WholeFiles.delete(folder);
        }
    }

    private List<ObjectRef> upload(String name, Path model) throws IOException {
        List<ObjectRef> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(model)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String key =
                        Buckets.model(name) + model.relativize(file).toString().replace('\\', '/');
                files.add(store.upload(Buckets.MODELS, key, file));
            }
        }
        return files;
    }
}
