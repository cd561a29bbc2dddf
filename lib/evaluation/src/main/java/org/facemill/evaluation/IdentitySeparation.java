package org.facemill.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Genuine and impostor scores of a set of identities, kept up to date while embeddings arrive.
 *
 * <p>Genuine pairs are all pairs of images of one identity. Impostor pairs are all pairs of images of two identities,
 * of the first {@value #IMPOSTOR_IMAGES} images of each: ten thousand identities make 1.3e10 of them. The result depends
 * on which identities were added, not on their order, and an ordinal that comes again changes nothing.
 *
 * <p>Memory: the compared embeddings, 4 bytes a number, and 2 MiB of counts. Not safe for several threads at once.
 */
public final class IdentitySeparation {

    /** Images of an identity that are compared with other identities'. */
    public static final int IMPOSTOR_IMAGES = 16;

    private final int dimension;
    private final Gallery gallery;
    private final CosineHistogram genuine = new CosineHistogram();
    private final CosineHistogram impostor = new CosineHistogram();
    private final TreeMap<Long, Identity> identities = new TreeMap<>();
    private int images;

    /** What is known of one identity: number of images, mean score of its genuine pairs (NaN for one image), centre. */
    private record Identity(int images, double genuineMean, float[] centre) {}

    /** @param dimension numbers in an embedding */
    public IdentitySeparation(int dimension) {
        this.dimension = dimension;
        this.gallery = new Gallery(dimension);
    }

    /**
     * Takes one identity.
     *
     * @return false if the ordinal is known already, and nothing changed
     */
    public boolean add(long ordinal, Embeddings embeddings) {
        if (embeddings.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "identity %d has embeddings of dimension %d, the others have %d; are they of one recogniser?"
                            .formatted(ordinal, embeddings.dimension(), dimension));
        }
        if (identities.containsKey(ordinal)) {
            return false;
        }
        int compared = Math.min(embeddings.images(), IMPOSTOR_IMAGES);
        gallery.compare(embeddings.values(), compared, s -> impostor.add(s.values(), 0, s.length()));
        identities.put(ordinal, new Identity(embeddings.images(), genuineScores(embeddings), embeddings.centre()));
        images += embeddings.images();
        for (int row = 0; row < compared; row++) {
            gallery.add(embeddings.values(), row);
        }
        return true;
    }

    /** Whether an identity is taken already. */
    public boolean contains(long ordinal) {
        return identities.containsKey(ordinal);
    }

    /** Number of identities taken. */
    public int identities() {
        return identities.size();
    }

    /** Number of their images. */
    public int images() {
        return images;
    }

    /** Whether there is a genuine and an impostor pair, so that error rates are defined. */
    public boolean measurable() {
        return identities.size() > 1 && images > identities.size();
    }

    /** The scores of all pairs so far, to half a bin of 1/65536. */
    public ScoreCounts scores() {
        return CosineHistogram.counts(genuine, impostor);
    }

    /**
     * Each identity's inner likeness and its most similar other, by ordinal. Compares all centres with each other:
     * seconds for ten thousand identities.
     */
    public List<IdentityLikeness> likeness() {
        Gallery centres = new Gallery(dimension);
        List<Map.Entry<Long, Identity>> entries = new ArrayList<>(identities.entrySet());
        entries.forEach(entry -> centres.add(entry.getValue().centre(), 0));
        List<IdentityLikeness> all = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            int self = i;
            Nearest nearest = new Nearest();
            centres.compare(entries.get(i).getValue().centre(), 1, s -> nearest.see(s, self));
            Identity identity = entries.get(i).getValue();
            all.add(new IdentityLikeness(
                    entries.get(i).getKey(),
                    identity.images(),
                    identity.genuineMean(),
                    nearest.index < 0 ? -1 : entries.get(nearest.index).getKey(),
                    nearest.score));
        }
        return all;
    }

    /** Counts an identity's genuine pairs, each once, and gives their mean score. */
    private double genuineScores(Embeddings embeddings) {
        Gallery own = new Gallery(dimension);
        for (int row = 0; row < embeddings.images(); row++) {
            own.add(embeddings.values(), row);
        }
        double[] sum = new double[1];
        own.compare(embeddings.values(), embeddings.images(), s -> {
            int later = Math.min(s.length(), Math.max(0, s.probe() + 1 - s.first()));
            genuine.add(s.values(), later, s.length());
            for (int i = later; i < s.length(); i++) {
                sum[0] += s.values()[i];
            }
        });
        long pairs = (long) embeddings.images() * (embeddings.images() - 1) / 2;
        return pairs == 0 ? Double.NaN : sum[0] / pairs;
    }

    private static final class Nearest {
        private int index = -1;
        private double score = Double.NaN;

        void see(Gallery.Scores s, int self) {
            for (int i = 0; i < s.length(); i++) {
                double candidate = s.values()[i];
                if (s.first() + i != self && (index < 0 || candidate > score)) {
                    index = s.first() + i;
                    score = candidate;
                }
            }
        }
    }
}
