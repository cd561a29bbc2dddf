package org.facemill.context.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.FrProgress;

/** The figures of one run: curves of no more than some points, so that a run of any length takes no more room. */
final class Figures {

    private static final int POINTS = 600;
    private static final String EER = "eer";

    /** Live figures by the number of identities that they are about. */
    private final TreeMap<Long, Evaluation> live = new TreeMap<>();
    /** What is final, by kind, recogniser and subject. */
    private final Map<String, Evaluation> judged = new TreeMap<>();
    /** Progress by step, of each recogniser. */
    private final Map<String, TreeMap<Long, FrProgress>> trainings = new TreeMap<>();

    /** @return whether it is new */
    synchronized boolean add(Evaluation evaluation) {
        if (evaluation.kind() == EvaluationKind.LIVE) {
            return put(live, (long) evaluation.identities(), evaluation);
        }
        return !evaluation.equals(judged.put(evaluation.discriminator(), evaluation));
    }

    /** @return whether it is new */
    synchronized boolean add(FrProgress progress) {
        return put(trainings.computeIfAbsent(progress.model(), model -> new TreeMap<>()), progress.step(), progress);
    }

    synchronized List<Evaluation> evaluations() {
        List<Evaluation> all = new ArrayList<>(live.values());
        all.addAll(judged.values());
        return all;
    }

    synchronized List<FrProgress> trainings() {
        return trainings.values().stream().flatMap(t -> t.values().stream()).toList();
    }

    synchronized Optional<Double> eer() {
        return judged.values().stream()
                .filter(evaluation -> evaluation.kind() == EvaluationKind.DATASET)
                .reduce((a, b) -> a.identities() > b.identities() ? a : b)
                .or(() -> Optional.ofNullable(live.lastEntry()).map(Map.Entry::getValue))
                .map(evaluation -> evaluation.metrics().get(EER));
    }

    private static <V> boolean put(TreeMap<Long, V> curve, long x, V y) {
        if (y.equals(curve.put(x, y))) {
            return false;
        }
        if (curve.size() > POINTS) {
            thin(curve);
        }
        return true;
    }

    /** Leaves out every second point, but for the last. */
    private static <V> void thin(TreeMap<Long, V> curve) {
        long last = curve.lastKey();
        boolean keep = false;
        for (long x : List.copyOf(curve.keySet())) {
            keep = !keep;
            if (!keep && x != last) {
                curve.remove(x);
            }
        }
    }
}
