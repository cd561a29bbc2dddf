package org.facemill.evaluator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.FrModel;
import org.facemill.datasets.CropArchive;
import org.facemill.datasets.DatasetException;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.VerificationSet;
import org.facemill.evaluation.metrics.Benchmark;
import org.facemill.evaluation.metrics.PairVerification;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.EvaluationReport.Omission;
import org.facemill.evaluation.report.TrainedVersion;
import org.facemill.images.ImageException;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.Verification;

/**
 * Verifies a trained recogniser: on pairs of the identities that were kept out of its training ({@value #UNSEEN}), and on
 * the benchmarks that the recipe names.
 */
final class RecogniserEvaluation implements Work<FrModel> {

    static final String UNSEEN = Evaluation.UNSEEN;

    private final ObjectStore store;
    private final Reports reports;

    RecogniserEvaluation(ObjectStore store) {
        this.store = store;
        this.reports = new Reports(store);
    }

    @Override
    public List<Announcement> apply(FrModel model, Heartbeat heartbeat) throws IOException {
        Optional<List<Announcement>> before = reports.announced(model.run(), model.model());
        if (before.isPresent()) {
            return before.get();
        }
        List<Verified> verified = verify(model, heartbeat);
        List<Benchmark> benchmarks =
                verified.stream().flatMap(v -> v.benchmark().stream()).toList();
        EvaluationReport report = EvaluationReport.of("Recogniser " + model.model(), facts(model))
                .withBenchmarks(benchmarks)
                .withTrainedVersions(trainedVersions(model, benchmarks))
                .withOmissions(
                        verified.stream().flatMap(v -> v.omission().stream()).toList());
        ObjectRef json = reports.store(model.run(), model.model(), report);
        return reports.finish(
                model.run(),
                model.model(),
                verified.stream().map(v -> evaluation(model, v, json)).toList());
    }

    /** What came of one verification set: a result, or why there is none; neither where there are too few pairs. */
    private record Verified(String name, Optional<Benchmark> benchmark, Optional<Omission> omission) {}

    /** A verification; without a result where there are too few pairs. */
    private interface Trial {
        Optional<PairVerification> run();
    }

    private List<Verified> verify(FrModel model, Heartbeat heartbeat) throws IOException {
        Path weights = Files.createTempFile("recogniser", ".safetensors");
        try {
            store.download(model.weights(), weights);
            try (Encoder encoder = new HeartbeatEncoder(Encoders.open(model.model(), weights), heartbeat)) {
                List<Verified> verified = new ArrayList<>();
                if (!model.holdout().isEmpty()
                        || model.evaluation().benchmarks().isEmpty()) {
                    verified.add(verified(UNSEEN, () -> unseen(model, encoder)));
                }
                for (String name : model.evaluation().benchmarks()) {
                    verified.add(verified(name, () -> Optional.of(Verification.of(encoder, verificationSet(name)))));
                }
                return verified;
            }
        } finally {
            Files.delete(weights);
        }
    }

    /** On identities that the training has not seen. */
    private Optional<PairVerification> unseen(FrModel model, Encoder encoder) {
        try (ImageDataset unseen = heldOut(model)) {
            return verifiable(unseen) ? Optional.of(Verification.ofUnseen(encoder, unseen)) : Optional.empty();
        }
    }

    /** What cannot be verified, be it for the recogniser or the set, is named in the report; the others are verified. */
    private static Verified verified(String name, Trial trial) {
        try {
            return new Verified(name, trial.run().map(result -> benchmark(name, result)), Optional.empty());
        } catch (IllegalArgumentException | ImageException | DatasetException | MissingObjectException e) {
            return new Verified(name, Optional.empty(), Optional.of(new Omission(name, e.getMessage())));
        }
    }

    private static Benchmark benchmark(String name, PairVerification result) {
        long pairs = result.separation().genuinePairs() + result.separation().impostorPairs();
        return new Benchmark(name, Math.toIntExact(pairs), result);
    }

    /** The identities that the training did not see. */
    private ImageDataset heldOut(FrModel model) {
        List<List<byte[]>> identities = DatasetMembers.read(store, model.members()).stream()
                .filter(member -> model.holdout().contains(member.ordinal()))
                .map(member -> CropArchive.read(
                        store.get(member.archive()), member.archive().key()))
                .toList();
        return ImageDatasets.of("kept out of " + model.model(), identities);
    }

    /** Whether there are as many pairs as folds, half of them genuine. */
    private static boolean verifiable(ImageDataset dataset) {
        int perIdentity = dataset.classes() == 0 ? 0 : dataset.size() / dataset.classes();
        return dataset.classes() > 1 && dataset.classes() * perIdentity * (perIdentity - 1) >= PairVerification.FOLDS;
    }

    private VerificationSet verificationSet(String name) {
        String key = name + ".bin";
        VerificationSet set = VerificationSet.read(
                key,
                ByteBuffer.wrap(store.find(Buckets.BENCHMARKS, key)
                        .orElseThrow(() -> new MissingObjectException(Buckets.BENCHMARKS, key))));
        Verification.require(key, set.same());
        return set;
    }

    private static Evaluation evaluation(FrModel model, Verified verified, ObjectRef report) {
        return new Evaluation(
                model.run(),
                EvaluationKind.RECOGNISER,
                model.model(),
                verified.name(),
                model.holdout().size(),
                verified.benchmark().map(b -> 2 * b.pairs()).orElse(0),
                verified.benchmark().map(Benchmark::metrics).orElse(Map.of()),
                Optional.of(report));
    }

    /** Recognisers of the run that are evaluated, this one among them. */
    private List<TrainedVersion> trainedVersions(FrModel model, List<Benchmark> benchmarks) throws IOException {
        int identities = DatasetMembers.read(store, model.members()).size()
                - model.holdout().size();
        SortedMap<Integer, TrainedVersion> versions = new TreeMap<>();
        for (TrainedVersion known : reports.trainedVersions(model.run())) {
            versions.put(known.version(), known);
        }
        versions.put(model.version(), TrainedVersion.of(model.version(), identities, benchmarks));
        return List.copyOf(versions.values());
    }

    private static Map<String, String> facts(FrModel model) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", model.run());
        facts.put("trained on", "v" + model.version());
        facts.put("identities kept out", Integer.toString(model.holdout().size()));
        facts.put("weights", model.weights().sha256());
        return facts;
    }
}
