package org.facemill.painter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.facemill.contracts.Noise;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;

class FacePainterTest {

    private final FacePainter painter = new FacePainter();

    @Test
    void the_same_input_gives_the_same_bytes() {
        float[] context = context(3);

        PaintedFace first = painter.paint(context, 7, 3, 1);
        PaintedFace second = new FacePainter().paint(context, 7, 3, 1);

        assertThat(second.image().sha256()).isEqualTo(first.image().sha256());
        assertThat(second.landmarks()).isEqualTo(first.landmarks());
    }

    @Test
    void only_the_direction_of_a_context_counts() {
        float[] context = context(3);
        float[] longer = context.clone();
        for (int i = 0; i < longer.length; i++) {
            longer[i] *= 4;
        }

        assertThat(painter.paint(longer, 7, 3, 1).image().sha256())
                .isEqualTo(painter.paint(context, 7, 3, 1).image().sha256());
    }

    @Test
    void images_of_one_identity_differ() {
        assertThat(distance(face(1, 0), face(1, 1))).isGreaterThan(5);
    }

    @Test
    void nearby_contexts_give_nearby_faces() {
        float[] context = context(5);
        float[] near = context.clone();
        near[17] += 0.02f;

        double nearby = distance(
                painter.paint(context, 7, 5, 0).image(),
                painter.paint(near, 7, 5, 0).image());
        double far = distance(
                painter.paint(context, 7, 5, 0).image(),
                painter.paint(context(6), 7, 5, 0).image());

        assertThat(nearby).isPositive().isLessThan(far / 5);
    }

    @Test
    void identity_shows_in_the_face_and_not_in_the_backdrop() {
        RgbImage one = painter.paint(context(1), 7, 0, 0).image();
        RgbImage other = painter.paint(context(2), 7, 0, 0).image();

        assertThat(one.crop(0, 0, 8, 8).sha256())
                .isEqualTo(other.crop(0, 0, 8, 8).sha256());
        assertThat(distance(one.crop(32, 32, 64, 64), other.crop(32, 32, 64, 64)))
                .isGreaterThan(10);
    }

    @Test
    void landmarks_lie_on_the_features() {
        for (int ordinal = 0; ordinal < 20; ordinal++) {
            PaintedFace face = painter.paint(context(ordinal), 7, ordinal, 0);
            List<PaintedFace.Point> p = face.landmarks();

            assertThat(p.get(0).x()).isLessThan(p.get(1).x());
            assertThat(p.get(3).x()).isLessThan(p.get(4).x());
            assertThat(p.get(2).y())
                    .isBetween(
                            Math.max(p.get(0).y(), p.get(1).y()),
                            Math.min(p.get(3).y(), p.get(4).y()));
            assertThat(darkestNear(face.image(), p.get(0))).isLessThan(90);
            assertThat(darkestNear(face.image(), p.get(1))).isLessThan(90);
        }
    }

    @Test
    void a_context_of_another_dimension_or_without_direction_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> painter.paint(new float[128], 1, 0, 0))
                .withMessageContaining("512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> painter.paint(new float[512], 1, 0, 0))
                .withMessageContaining("direction");
    }

    @Test
    void traits_of_uniform_contexts_are_standard_normal() {
        TraitProjection projection = new TraitProjection();
        double[] sum = new double[TraitProjection.TRAITS];
        double[] square = new double[TraitProjection.TRAITS];
        int n = 2000;
        for (int i = 0; i < n; i++) {
            double[] traits = projection.project(context(i));
            for (int k = 0; k < traits.length; k++) {
                sum[k] += traits[k] / n;
                square[k] += traits[k] * traits[k] / n;
            }
        }

        for (int k = 0; k < sum.length; k++) {
            assertThat(sum[k]).isBetween(-0.12, 0.12);
            assertThat(square[k]).isBetween(0.85, 1.15);
        }
    }

    private RgbImage face(int ordinal, int image) {
        return painter.paint(context(ordinal), 7, ordinal, image).image();
    }

    private static float[] context(long ordinal) {
        return Noise.unitVector(11, ordinal, 512);
    }

    /** Mean absolute difference of the samples, 0..255. */
    private static double distance(RgbImage a, RgbImage b) {
        double sum = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            sum += Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF));
        }
        return sum / a.pixels().length;
    }

    private static int darkestNear(RgbImage image, PaintedFace.Point point) {
        int darkest = 255;
        for (int y = (int) point.y() - 2; y <= point.y() + 2; y++) {
            for (int x = (int) point.x() - 2; x <= point.x() + 2; x++) {
                darkest = Math.min(darkest, image.rgb(x, y, 1));
            }
        }
        return darkest;
    }
}
