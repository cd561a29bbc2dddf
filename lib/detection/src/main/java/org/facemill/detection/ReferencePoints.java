package org.facemill.detection;

import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.images.FacePoints;

/** The template that a recipe's choice of landmarks means. */
public final class ReferencePoints {

    private ReferencePoints() {}

    public static FacePoints of(Landmarks landmarks) {
        return switch (landmarks) {
            case EVALUATION -> FacePoints.ARCFACE_112;
            case TRAINING -> FacePoints.ARCFACE_96_IN_112;
        };
    }
}
