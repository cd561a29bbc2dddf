package org.facemill.evaluation.report;

import java.util.List;

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

    public Audit {
        findings = List.copyOf(findings);
    }

    /**
     * An identity that is too close.
     *
     * @param identity its name
     * @param nearest what it is close to
     * @param cosine of the two
     */
    public record Finding(String identity, String nearest, double cosine) {}
}
