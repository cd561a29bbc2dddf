package org.facemill.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.facemill.images.Point;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;

class FaceTest {

    private static final String CASE = "08_align_eval/align/case.json";

    @Test
    void faceNearestToTheCentreIsChosenAndTheFirstOfEqualOnes() {
        JsonNode boxes = Golden.json(CASE).at("/box_choice/boxes");
        List<Point> points = Collections.nCopies(5, new Point(0, 0));
        List<Face> faces = new ArrayList<>();
        boxes.forEach(b -> faces.add(new Face(
                new Box(
                        b.get(0).floatValue(),
                        b.get(1).floatValue(),
                        b.get(2).floatValue(),
                        b.get(3).floatValue()),
                0.5f,
                points)));
        int chosen = Golden.json(CASE).at("/box_choice/chosen").intValue();
        faces.add(new Face(faces.get(chosen).box(), 0.9f, points));

        assertThat(Face.nearestToCentre(faces, 128, 128)).containsSame(faces.get(chosen));
        assertThat(Face.nearestToCentre(List.of(), 128, 128)).isEmpty();
    }
}
