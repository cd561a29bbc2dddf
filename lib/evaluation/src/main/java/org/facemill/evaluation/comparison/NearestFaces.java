package org.facemill.evaluation.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/** What resembles each image of a set most: in another set, or among the set's other identities. */
public final class NearestFaces {

    private final Places probes;
    private final Places others;
    private final List<NearestRows.Nearest> found;

    /** An image by its identity's number and its own. */
    public record Face(int identity, int image) {}

    /**
     * An image and what resembles it most.
     *
     * @param nearest most similar first, of equals the one that comes first in its set
     * @param cosines to each
     */
    public record Match(Face face, List<Face> nearest, float[] cosines) {

        /** Cosine to the nearest. */
        public float cosine() {
            return cosines[0];
        }
    }

    private NearestFaces(Places probes, Places others, List<NearestRows.Nearest> found) {
        this.probes = probes;
        this.others = others;
        this.found = found;
    }

    /**
     * Looks in another set.
     *
     * @param count how many are looked for
     * @param progress is given pairs compared since the last time
     */
    public static NearestFaces in(FaceSet faces, FaceSet others, int count, LongConsumer progress) {
        try (NearestRows rows = new NearestRows(faces.dimension(), count)) {
            for (int identity = 0; identity < faces.identities(); identity++) {
                rows.addProbes(faces.embeddings(identity));
            }
            for (int identity = 0; identity < others.identities(); identity++) {
                rows.addOthers(others.embeddings(identity));
            }
            return new NearestFaces(new Places(faces), new Places(others), rows.find(progress));
        }
    }

    /** Looks among the other identities of the same set, of which there must be two. */
    public static NearestFaces within(FaceSet faces, int count, LongConsumer progress) {
        if (faces.identities() < 2) {
            throw new IllegalArgumentException(faces.name() + ": one identity has no other to resemble");
        }
        Places places = new Places(faces);
        try (NearestRows rows = new NearestRows(faces.dimension(), count)) {
            for (int identity = 0; identity < faces.identities(); identity++) {
                Embeddings embeddings = faces.embeddings(identity);
                rows.addOthers(embeddings);
                rows.addProbes(embeddings, places.start(identity), places.start(identity) + embeddings.images());
            }
            return new NearestFaces(places, places, rows.find(progress));
        }
    }

    /** Each image's cosine to its nearest, in the set's order. */
    public float[] scores() {
        float[] scores = new float[found.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = found.get(i).cosines()[0];
        }
        return scores;
    }

    /** Of each identity the image that has the most similar one, the closest identities first. */
    public List<Match> closestOfEachIdentity() {
        List<Match> closest = new ArrayList<>();
        for (int row = 0, best = 0; row < found.size(); row++) {
            best = probes.of(row).image() == 0 || cosine(row) > cosine(best) ? row : best;
            if (row + 1 == found.size() || probes.of(row + 1).image() == 0) {
                closest.add(match(best));
            }
        }
        closest.sort(Comparator.comparingDouble(Match::cosine).reversed());
        return closest;
    }

    private float cosine(int row) {
        return found.get(row).cosines()[0];
    }

    private Match match(int row) {
        NearestRows.Nearest nearest = found.get(row);
        return new Match(
                probes.of(row),
                Arrays.stream(nearest.rows()).mapToObj(others::of).toList(),
                nearest.cosines());
    }

    /** Where each identity's rows begin. */
    private static final class Places {
        private final int[] starts;

        Places(FaceSet faces) {
            starts = new int[faces.identities()];
            for (int identity = 1; identity < starts.length; identity++) {
                starts[identity] = starts[identity - 1] + faces.images(identity - 1);
            }
        }

        int start(int identity) {
            return starts[identity];
        }

        Face of(int row) {
            int at = Arrays.binarySearch(starts, row);
            int identity = at < 0 ? -at - 2 : at;
            return new Face(identity, row - starts[identity]);
        }
    }
}
