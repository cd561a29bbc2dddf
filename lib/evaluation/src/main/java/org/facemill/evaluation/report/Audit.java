package org.facemill.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.evaluation.comparison.ImpostorThreshold;
import org.facemill.evaluation.comparison.NearestFaces;

/**
 * Whether images of a dataset are too close to images of another set, or identities to each other.
 *
 * @param what {@code leak} against another set, {@code duplicates} between identities of the dataset
 * @param against the other set's name; the dataset's own for duplicates
 * @param reference the set on whose impostor pairs the threshold was found
 * @param fmr false match rate of the threshold on the reference
 * @param threshold cosine from which on two images count as of one person
 * @param compared images that were compared
 * @param above identities with an image at the threshold or above
 * @param findings the closest of them, the closest first
 */
public record Audit(
        String what,
        String against,
        String reference,
        double fmr,
        double threshold,
        int compared,
        int above,
        List<Finding> findings) {

    private static final String LEAK = "leak";
    private static final int MOST_FINDINGS = 100;

    public Audit {
        findings = List.copyOf(findings);
    }

    /**
     * An identity and what is closest to it.
     *
     * @param identity its name
     * @param nearest what it is close to
     * @param cosine of the two
     */
    public record Finding(String identity, String nearest, double cosine) {}

    /** Every identity's closest image in another set, whether too close or not, closest first. */
    public static List<Finding> nearest(FaceSet faces, FaceSet others, NearestFaces nearest) {
        return nearest.closestOfEachIdentity().stream()
                .map(match -> new Finding(
                        faces.identity(match.face().identity()),
                        others.imageName(
                                match.nearest().get(0).identity(),
                                match.nearest().get(0).image()),
                        match.cosine()))
                .toList();
    }

    /**
     * Judges a comparison of a set with another, or with itself, by a threshold.
     *
     * @param closest of each identity, closest first
     */
    public static Audit of(FaceSet faces, FaceSet others, ImpostorThreshold threshold, List<Finding> closest) {
        List<Finding> above = closest.stream()
                .filter(finding -> finding.cosine() >= threshold.threshold())
                .toList();
        return new Audit(
                faces == others ? "duplicates" : LEAK,
                others.name(),
                threshold.reference(),
                threshold.fmr(),
                threshold.threshold(),
                faces.images(),
                above.size(),
                above.subList(0, Math.min(MOST_FINDINGS, above.size())));
    }

    /** Whether it is about another set. */
    boolean leak() {
        return what.equals(LEAK);
    }

    /** A line for each identity's closest, with a head line. */
    public String csv(List<Finding> closest) {
        List<String> lines = new ArrayList<>(List.of("identity,nearest,cosine,above"));
        for (Finding finding : closest) {
            lines.add(String.join(
                    ",",
                    Csv.cell(finding.identity()),
                    Csv.cell(finding.nearest()),
                    Csv.number(finding.cosine()),
                    Boolean.toString(finding.cosine() >= threshold)));
        }
        return Csv.lines(lines);
    }
}
