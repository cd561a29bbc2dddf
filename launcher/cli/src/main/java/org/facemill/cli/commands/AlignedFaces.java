package org.facemill.cli.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facemill.detection.Face;
import org.facemill.detection.Mtcnn;
import org.facemill.detection.MtcnnOptions;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;

/** Brings pictures into a recogniser's pose: found by the detector, or already aligned to 112x112. */
final class AlignedFaces implements AutoCloseable {

    /** A portrait's face is at least this fraction of the picture's shorter side; smaller ones are bystanders. */
    private static final int SIDES_PER_FACE = 6;

    private final Mtcnn detector = new Mtcnn();
    private final FacePoints template;

    AlignedFaces(FacePoints template) {
        this.template = template;
    }

    /**
     * The face nearest to the centre of each picture, in the recogniser's pose; empty where none was found. A picture of
     * 112x112 counts as aligned.
     */
    List<Optional<RgbImage>> of(List<RgbImage> pictures) {
        List<RgbImage> unaligned =
                pictures.stream().filter(picture -> !aligned(picture)).toList();
        int shortest = unaligned.stream()
                .mapToInt(picture -> Math.min(picture.width(), picture.height()))
                .min()
                .orElse(0);
        int smallestFace = Math.max(MtcnnOptions.DEFAULT.minFaceSize(), shortest / SIDES_PER_FACE);
        List<List<Face>> faces = detector.detect(unaligned, MtcnnOptions.DEFAULT.withMinFaceSize(smallestFace));
        List<Optional<RgbImage>> chips = new ArrayList<>();
        int next = 0;
        for (RgbImage picture : pictures) {
            if (aligned(picture)) {
                chips.add(Optional.of(template.from(FacePoints.ARCFACE_112, picture)));
            } else {
                chips.add(Face.nearestToCentre(faces.get(next++), picture.width(), picture.height())
                        .map(face -> template.align(picture, face.points())));
            }
        }
        return chips;
    }

    private static boolean aligned(RgbImage picture) {
        return picture.width() == FacePoints.ARCFACE_112.size() && picture.height() == FacePoints.ARCFACE_112.size();
    }

    @Override
    public void close() {
        detector.close();
    }
}
