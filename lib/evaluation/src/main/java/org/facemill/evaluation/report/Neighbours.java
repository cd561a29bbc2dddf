package org.facemill.evaluation.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.evaluation.comparison.NearestFaces;
import org.facemill.images.RgbImage;

/**
 * What resembles a dataset's images most in another set.
 *
 * @param set the other set's name
 * @param scores each image's cosine to its nearest, in the dataset's order
 * @param closest those that are closest, the closest first
 */
public record Neighbours(String set, float[] scores, List<Match> closest) {

    public Neighbours {
        closest = List.copyOf(closest);
    }

    /**
     * What was found for the images of a set in another.
     *
     * @param shown identities that are shown at most
     */
    public static Neighbours of(FaceSet faces, FaceSet others, NearestFaces nearest, int shown) {
        return new Neighbours(
                others.name(),
                nearest.scores(),
                nearest.closestOfEachIdentity().stream()
                        .limit(shown)
                        .map(match -> match(faces, others, match))
                        .toList());
    }

    private static Match match(FaceSet faces, FaceSet others, NearestFaces.Match match) {
        NearestFaces.Face face = match.face();
        return new Match(
                faces.identity(face.identity()),
                faces.picture(face.identity(), face.image()),
                IntStream.range(0, match.nearest().size())
                        .mapToObj(i -> neighbour(others, match.nearest().get(i), match.cosines()[i]))
                        .toList());
    }

    private static Neighbour neighbour(FaceSet others, NearestFaces.Face face, double cosine) {
        return new Neighbour(
                others.imageName(face.identity(), face.image()), cosine, others.picture(face.identity(), face.image()));
    }

    /** Mean of the scores. */
    public double mean() {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .average()
                .orElse(Double.NaN);
    }

    /** The highest score. */
    public double max() {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .max()
                .orElse(Double.NaN);
    }

    /**
     * An image and what is nearest to it.
     *
     * @param identity its identity's name
     * @param image itself, where pictures are at hand
     * @param nearest the nearest, nearest first
     */
    public record Match(String identity, Optional<RgbImage> image, List<Neighbour> nearest) {}

    /**
     * An image of the other set.
     *
     * @param name its name there
     * @param cosine to the image that it is near to
     * @param image itself, where pictures are at hand
     */
    public record Neighbour(String name, double cosine, Optional<RgbImage> image) {}
}
