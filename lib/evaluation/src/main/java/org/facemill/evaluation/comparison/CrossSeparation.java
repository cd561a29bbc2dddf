package org.facemill.evaluation.comparison;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.facemill.evaluation.metrics.ScoreCounts;

/**
 * Genuine and impostor scores of one set of identities against another that holds the same ones, such as samples against the
 * pictures of their contexts. Genuine pairs are all pairs of an image of the one and an image of the other set of one identity,
 * impostor pairs all others between the two sets.
 */
public final class CrossSeparation implements AutoCloseable {

    private final PairwiseScores scores;
    private final EmbeddingRows probes;
    private final EmbeddingRows others;
    private final Map<String, Span> places = new HashMap<>();
    private String[] names = new String[16];

    private record Span(int from, int to) {}

    /**
     * The scores of all pairs of two sets, to half a bin of 1/65536.
     *
     * @param progress is given pairs compared since the last time
     * @throws IllegalArgumentException if no identity is in both
     */
    public static ScoreCounts between(FaceSet faces, FaceSet others, LongConsumer progress) {
        try (CrossSeparation cross = new CrossSeparation(faces.dimension())) {
            for (int identity = 0; identity < others.identities(); identity++) {
                cross.addOther(others.identity(identity), others.embeddings(identity));
            }
            boolean common = false;
            for (int identity = 0; identity < faces.identities(); identity++) {
                cross.addProbe(faces.identity(identity), faces.embeddings(identity));
                common |= cross.places.containsKey(faces.identity(identity));
            }
            if (!common) {
                throw new IllegalArgumentException(
                        "no identity of %s is in %s: the one has %s, the other %s; expected the same names in both"
                                .formatted(faces.name(), others.name(), faces.identity(0), others.identity(0)));
            }
            return cross.scores(progress);
        }
    }

    /** @param dimension numbers in an embedding */
    CrossSeparation(int dimension) {
        this.scores = new PairwiseScores(dimension);
        this.probes = new EmbeddingRows(dimension);
        this.others = new EmbeddingRows(dimension);
    }

    /**
     * Takes an identity of the set that is compared with.
     *
     * @throws IllegalArgumentException if it was taken before
     */
    void addOther(String identity, Embeddings embeddings) {
        Span span = new Span(others.size(), others.size() + embeddings.images());
        if (places.putIfAbsent(identity, span) != null) {
            throw new IllegalArgumentException("identity " + identity + " comes twice");
        }
        others.add(embeddings.values(), embeddings.images());
    }

    /** Takes images of an identity of the set that is judged. */
    void addProbe(String identity, Embeddings embeddings) {
        int from = probes.size();
        probes.add(embeddings.values(), embeddings.images());
        if (probes.size() > names.length) {
            names = Arrays.copyOf(names, Math.max(probes.size(), 2 * names.length));
        }
        Arrays.fill(names, from, probes.size(), identity);
    }

    /** The scores of all pairs, to half a bin of 1/65536; for the progress see {@link IdentitySeparation#countRound}. */
    ScoreCounts scores(LongConsumer progress) {
        var task = new PairwiseScores.Task(probes, 0, probes.size(), others);
        List<Counts> parts = scores.compare(task, Counts::new, progress);
        CosineHistogram genuine = new CosineHistogram();
        CosineHistogram impostor = new CosineHistogram();
        for (Counts part : parts) {
            genuine.add(part.genuine);
            impostor.add(part.impostor);
        }
        return CosineHistogram.counts(genuine, impostor);
    }

    @Override
    public void close() {
        others.close();
        probes.close();
        scores.close();
    }

    private final class Counts implements PairwiseScores.Sink {
        private final CosineHistogram genuine = new CosineHistogram();
        private final CosineHistogram impostor = new CosineHistogram();

        @Override
        public void take(int probe, int first, float[] values, int count) {
            Span own = places.getOrDefault(names[probe], new Span(0, 0));
            int from = Math.max(0, Math.min(count, own.from - first));
            int to = Math.max(from, Math.min(count, own.to - first));
            impostor.add(values, 0, from);
            genuine.add(values, from, to);
            impostor.add(values, to, count);
        }
    }
}
