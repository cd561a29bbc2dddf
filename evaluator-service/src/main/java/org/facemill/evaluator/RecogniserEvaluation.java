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
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.FrModel;
import org.facemill.datasets.CropArchive;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.VerificationSet;
import org.facemill.evaluation.metrics.Benchmark;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.metrics.PairVerification;
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

    static final String UNSEEN = "unseen";

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
        List<Benchmark> benchmarks = verify(model, heartbeat);
        EvaluationReport report = new EvaluationReport(
                "Recogniser " + model.model(), facts(model), Optional.empty(), benchmarks, List.of());
        ObjectRef json = reports.store(model.run(), model.model(), report);
        return reports.finish(model.run(), model.model(), evaluations(model, benchmarks, json));
    }

    private List<Benchmark> verify(FrModel model, Heartbeat heartbeat) throws IOException {
        Path weights = Files.createTempFile("recogniser", ".safetensors");
        try {
            store.download(model.weights(), weights);
            try (Encoder encoder = new SteppingEncoder(Encoders.open(model.model(), weights), heartbeat);
                    ImageDataset unseen = unseen(model)) {
                List<Benchmark> benchmarks = new ArrayList<>();
                if (verifiable(unseen)) {
                    benchmarks.add(benchmark(UNSEEN, Verification.ofUnseen(encoder, unseen)));
                }
                for (String name : model.evaluation().benchmarks()) {
                    benchmarks.add(benchmark(name, Verification.of(encoder, verificationSet(name))));
                }
                return benchmarks;
            }
        } finally {
            Files.delete(weights);
        }
    }

    /** The identities that the training did not see. */
    private ImageDataset unseen(FrModel model) {
        List<List<byte[]>> identities = Members.read(store, model.members()).stream()
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

    private static Benchmark benchmark(String name, PairVerification result) {
        long pairs = result.separation().genuinePairs() + result.separation().impostorPairs();
        return new Benchmark(name, Math.toIntExact(pairs), result);
    }

    private VerificationSet verificationSet(String name) {
        String key = name + ".bin";
        return VerificationSet.read(
                key,
                ByteBuffer.wrap(store.find(Buckets.BENCHMARKS, key)
                        .orElseThrow(() -> new MissingObjectException(Buckets.BENCHMARKS, key))));
    }

    /** One event a benchmark; where what was kept out is too little to verify on, one without figures, so that nobody waits. */
    private static List<Evaluation> evaluations(FrModel model, List<Benchmark> benchmarks, ObjectRef report) {
        List<Evaluation> evaluations = new ArrayList<>();
        benchmarks.forEach(b -> evaluations.add(evaluation(model, b.name(), 2 * b.pairs(), b.metrics(), report)));
        boolean tooFew = !model.holdout().isEmpty()
                && benchmarks.stream().noneMatch(b -> b.name().equals(UNSEEN));
        if (tooFew || benchmarks.isEmpty()) {
            evaluations.add(evaluation(model, UNSEEN, 0, Map.of(), report));
        }
        return evaluations;
    }

    private static Evaluation evaluation(
            FrModel model, String subject, int images, Map<String, Double> metrics, ObjectRef report) {
        return new Evaluation(
                model.run(),
                EvaluationKind.RECOGNISER,
                model.model(),
                subject,
                model.holdout().size(),
                images,
                metrics,
                Optional.of(report));
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
