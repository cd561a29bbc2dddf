package org.facemill.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what facenet-pytorch finds in 24 pictures. */
class MtcnnTest {

    private static final String CASE = "11_mtcnn/";
    private static Mtcnn mtcnn;

    @BeforeAll
    static void load() {
        mtcnn = new Mtcnn();
    }

    @AfterAll
    static void close() {
        mtcnn.close();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void findsWhatFacenetPytorchFinds(String picture) {
        assertSame(mtcnn.detect(List.of(read(picture)), MtcnnOptions.DEFAULT).get(0), picture);
    }

    @Test
    void picturesOfAllSizesTogetherGiveTheSameAsEachAlone() {
        List<String> names = pictures().toList();

        List<List<Face>> faces =
                mtcnn.detect(names.stream().map(MtcnnTest::read).toList(), MtcnnOptions.DEFAULT);

        for (int i = 0; i < names.size(); i++) {
            assertSame(faces.get(i), names.get(i));
        }
    }

    @Test
    void optionsSayWhichFacesAreKept() {
        String picture = "lfw_Monica_Bellucci.png";
        List<Face> all = detect(picture, MtcnnOptions.DEFAULT);

        assertThat(detect(picture, new MtcnnOptions(20, 0, 0.6f, 0.7f, 0.7f, 0.709, false)))
                .containsExactly(all.get(0));
        assertThat(detect(picture, new MtcnnOptions(20, 0, 0.6f, 0.7f, 0.95f, 0.709, true)))
                .hasSize(2)
                .allMatch(face -> face.score() > 0.95f);
        assertThat(detect(picture, MtcnnOptions.DEFAULT.withMinFaceSize(60))).hasSize(1);
    }

    @Test
    void aBorderDoesNotMoveAFaceAndFindsOneThatFillsThePicture() {
        String picture = "lfw_Richard_Fine.png";
        Box box = detect(picture, MtcnnOptions.DEFAULT).get(0).box();
        RgbImage filled = read(picture).crop(90, 85, 75, 115);

        Box bordered =
                detect(picture, MtcnnOptions.DEFAULT.withBorder(0.25)).get(0).box();
        List<Face> unbordered =
                mtcnn.detect(List.of(filled), MtcnnOptions.DEFAULT).get(0);
        List<Face> found = mtcnn.detect(List.of(filled), MtcnnOptions.DEFAULT.withBorder(0.5))
                .get(0);

        assertThat(bordered.centre().x()).isCloseTo(box.centre().x(), within(5f));
        assertThat(bordered.centre().y()).isCloseTo(box.centre().y(), within(5f));
        assertThat(unbordered).isEmpty();
        assertThat(found).hasSize(1);
    }

    @Test
    void noImagesHaveNoFaces() {
        assertThat(mtcnn.detect(List.of(), MtcnnOptions.DEFAULT)).isEmpty();
    }

    private static List<Face> detect(String picture, MtcnnOptions options) {
        return mtcnn.detect(List.of(read(picture)), options).get(0);
    }

    static Stream<String> pictures() {
        List<String> names = new ArrayList<>();
        Golden.json(CASE + "case.json").get("images").fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    private static void assertSame(List<Face> faces, String picture) {
        JsonNode expected =
                Golden.json(CASE + "case.json").get("images").get(picture).get("min_face_size_20");
        assertThat(faces).as(picture).hasSize(expected.path("probs").size());
        for (int i = 0; i < faces.size(); i++) {
            Face face = faces.get(i);
            Box box = face.box();
            assertThat(face.score()).isCloseTo(expected.get("probs").get(i).floatValue(), within(1e-3f));
            assertNear(expected.get("boxes").get(i), box.x1(), box.y1(), box.x2(), box.y2());
            Iterator<JsonNode> points = expected.get("landmarks").get(i).iterator();
            face.points().forEach(point -> assertNear(points.next(), point.x(), point.y()));
        }
    }

    private static void assertNear(JsonNode expected, float... values) {
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected.get(i).floatValue(), within(0.5f));
        }
    }

    static RgbImage read(String picture) {
        return Images.decode(Golden.path(CASE + picture), Limits.DEFAULT);
    }
}
