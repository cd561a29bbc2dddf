package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.Point;
import org.junit.jupiter.api.Test;

class PoseSpreadTest {

    private static final List<Point> FACE =
            List.of(new Point(10, 10), new Point(30, 10), new Point(20, 22), new Point(12, 40), new Point(28, 40));

    @Test
    void aNoseBesideTheMiddleIsYawAndOneFurtherDownIsPitch() {
        PoseSpread turned = PoseSpread.of(List.of(FACE, withNose(24, 22)));
        PoseSpread nodded = PoseSpread.of(List.of(FACE, withNose(20, 28)));

        assertThat(turned.yaw()).isCloseTo(4 / 20.0 / 2, within(1e-6));
        assertThat(turned.pitch()).isCloseTo(0, within(1e-6));
        assertThat(nodded.pitch()).isCloseTo(6 / 30.0 / 2, within(1e-6));
        assertThat(nodded.yaw()).isCloseTo(0, within(1e-6));
    }

    @Test
    void aPictureThatIsMovedTurnedOrScaledHasTheSamePose() {
        List<Point> moved = FACE.stream()
                .map(p -> new Point(50 + 2 * (0.8f * p.x() - 0.6f * p.y()), 7 + 2 * (0.6f * p.x() + 0.8f * p.y())))
                .toList();

        PoseSpread spread = PoseSpread.of(List.of(FACE, moved));

        assertThat(spread.yaw()).isCloseTo(0, within(1e-6));
        assertThat(spread.pitch()).isCloseTo(0, within(1e-6));
        assertThat(PoseSpread.of(List.of(FacePoints.ARCFACE_112.points())).faces())
                .isEqualTo(1);
    }

    private static List<Point> withNose(float x, float y) {
        return List.of(FACE.get(0), FACE.get(1), new Point(x, y), FACE.get(3), FACE.get(4));
    }
}
