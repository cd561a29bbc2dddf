package org.facemill.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;

/** Against what skimage and OpenCV 4.14 made of 12 sets of points on one tile: a face, random similarities, a mirrored and a senseless one. */
class SimilarityTransformTest {

    private static final String CASE = "08_align_eval/align/";

    @Test
    void referencePointsAreThoseOfTheOriginal() {
        assertThat(flat(FacePoints.ARCFACE_112.points()))
                .containsExactly(Golden.floats(CASE + "reference_points_eval.npy"));
        assertThat(flat(FacePoints.ARCFACE_96_IN_112.points()))
                .containsExactly(Golden.floats(CASE + "reference_points_train.npy"));
    }

    @Test
    void matricesAreThoseOfTheOriginal() {
        matricesAreThoseOfTheOriginal("M_eval_float64.npy", FacePoints.ARCFACE_112);
        matricesAreThoseOfTheOriginal("M_train_float64.npy", FacePoints.ARCFACE_96_IN_112);
    }

    private static void matricesAreThoseOfTheOriginal(String file, FacePoints template) {
        double[] expected = Golden.doubles(CASE + file);
        List<List<Point>> faces = landmarks();

        for (int i = 0; i < faces.size(); i++) {
            SimilarityTransform found = SimilarityTransform.estimate(faces.get(i), template.points());

            double[] matrix = {found.a(), -found.b(), found.tx(), found.b(), found.a(), found.ty()};
            double largest = Arrays.stream(expected, i * 6, i * 6 + 6)
                    .map(Math::abs)
                    .max()
                    .orElseThrow();
            for (int j = 0; j < 6; j++) {
                // the original computes in float32, we in float64: 1e-6 of the matrix's size is what its digits hold
                assertThat(matrix[j])
                        .as("face %d, entry %d", i, j)
                        .isCloseTo(expected[i * 6 + j], within(1e-6 * largest));
            }
        }
    }

    @Test
    void warpIsThatOfOpenCv4BitForBit() {
        RgbImage tile = Images.decode(Golden.path(CASE + "tile_128.png"), Limits.DEFAULT);
        double[] m = Golden.doubles(CASE + "M_eval_float64.npy");

        for (int i = 0; i < m.length / 6; i++) {
            RgbImage crop =
                    new SimilarityTransform(m[i * 6], m[i * 6 + 3], m[i * 6 + 2], m[i * 6 + 5]).warp(tile, 112, 112);
            assertThat(crop).as("face %d", i).isEqualTo(expectedCrop(i));
        }
    }

    @Test
    void cropsAreThoseOfTheOriginal() {
        RgbImage tile = Images.decode(Golden.path(CASE + "tile_128.png"), Limits.DEFAULT);
        List<List<Point>> faces = landmarks();

        for (int i = 0; i < faces.size(); i++) {
            byte[] crop = SimilarityTransform.estimate(faces.get(i), FacePoints.ARCFACE_112.points())
                    .warp(tile, 112, 112)
                    .pixels();
            byte[] expected = expectedCrop(i).pixels();
            IntSummaryStatistics difference = IntStream.range(0, crop.length)
                    .map(j -> Math.abs((crop[j] & 0xFF) - (expected[j] & 0xFF)))
                    .summaryStatistics();
            // a coordinate that lies between two of the 1/32 steps may fall to the other one
            assertThat(difference.getMax()).as("face %d", i).isLessThanOrEqualTo(4);
            assertThat(difference.getAverage()).as("face %d", i).isLessThan(0.01);
        }
    }

    @Test
    void cropForTrainingIsThatOfOpenCv4() {
        RgbImage tile = Images.decode(Golden.path(CASE + "tile_128.png"), Limits.DEFAULT);
        RgbImage expected = Images.decode(Golden.path(CASE + "crop_train_uint8_cv4_00.png"), Limits.DEFAULT);

        RgbImage crop = SimilarityTransform.estimate(landmarks().get(0), FacePoints.ARCFACE_96_IN_112.points())
                .warp(tile, 112, 112);

        assertThat(crop.pixels()).hasSameSizeAs(expected.pixels());
        for (int i = 0; i < crop.pixels().length; i++) {
            assertThat(crop.pixels()[i] & 0xFF).isCloseTo(expected.pixels()[i] & 0xFF, within(1));
        }
    }

    @Test
    void aFaceCarriedToAnotherTemplateAndBackLiesWhereItLay() {
        byte[] waves = new byte[112 * 112 * 3];
        for (int i = 0; i < waves.length; i++) {
            waves[i] = (byte) (int) (128 + 100 * Math.sin(i / 3 % 112 / 9.0) * Math.cos(i / 3 / 112 / 11.0));
        }
        RgbImage crop = new RgbImage(112, 112, waves);

        RgbImage back = FacePoints.ARCFACE_112.from(
                FacePoints.DLIB_150, FacePoints.DLIB_150.from(FacePoints.ARCFACE_112, crop));

        // what lies outside the other template's chip is lost
        byte[] middle = crop.crop(28, 28, 56, 56).pixels();
        byte[] middleBack = back.crop(28, 28, 56, 56).pixels();
        IntSummaryStatistics difference = IntStream.range(0, middle.length)
                .map(i -> Math.abs((middle[i] & 0xFF) - (middleBack[i] & 0xFF)))
                .summaryStatistics();
        assertThat(difference.getAverage()).isLessThan(3);
    }

    @Test
    void aCropOfAnotherSizeThanItsTemplateIsRefused() {
        assertThatThrownBy(() -> FacePoints.DLIB_150.from(FacePoints.ARCFACE_112, new RgbImage(1, 1, new byte[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1x1")
                .hasMessageContaining("112x112");
    }

    @Test
    void inverseUndoesTheTransform() {
        SimilarityTransform transform = new SimilarityTransform(0.8, -0.3, 12, -7);

        SimilarityTransform back = transform.inverse();

        double x = transform.a() * 31 - transform.b() * 54 + transform.tx();
        double y = transform.b() * 31 + transform.a() * 54 + transform.ty();
        assertThat(back.a() * x - back.b() * y + back.tx()).isCloseTo(31, within(1e-9));
        assertThat(back.b() * x + back.a() * y + back.ty()).isCloseTo(54, within(1e-9));
    }

    @Test
    void pointsThatCoincideAreRefused() {
        List<Point> same = List.of(new Point(3, 4), new Point(3, 4));

        assertThatThrownBy(() -> SimilarityTransform.estimate(same, List.of(new Point(0, 0), new Point(1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coincide");
    }

    private static RgbImage expectedCrop(int face) {
        return Images.decode(
                Golden.path(CASE + "crop_eval_as_align_py_saves_%02d.png".formatted(face)), Limits.DEFAULT);
    }

    private static List<List<Point>> landmarks() {
        float[] values = Golden.floats(CASE + "landmarks.npy");
        List<List<Point>> faces = new ArrayList<>();
        for (int i = 0; i < values.length; i += 10) {
            List<Point> points = new ArrayList<>();
            for (int j = i; j < i + 10; j += 2) {
                points.add(new Point(values[j], values[j + 1]));
            }
            faces.add(points);
        }
        return faces;
    }

    private static float[] flat(List<Point> points) {
        float[] values = new float[points.size() * 2];
        for (int i = 0; i < points.size(); i++) {
            values[2 * i] = points.get(i).x();
            values[2 * i + 1] = points.get(i).y();
        }
        return values;
    }
}
