package org.facemill.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.facemill.recognition.Numbers.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against golden/12_reference_recogniser. */
class ReferenceRecogniserTest {

    private static NetworkEncoder encoder;

    @BeforeAll
    static void open() {
        encoder = ReferenceRecogniser.open();
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void embeddingsAreTheOriginals() {
        float[] expected = Golden.floats("12_reference_recogniser/embeddings.npy");

        float[] actual = encoder.features(chips());

        assertClose(actual, expected, 1e-3);
    }

    @Test
    void anyNumberOfImagesIsEncodedInBatchesToUnitVectors() {
        List<RgbImage> chips = chips();
        List<RgbImage> many = new ArrayList<>();
        Collections.nCopies(3, chips).forEach(many::addAll);

        float[][] embeddings = encoder.embed(many);

        assertThat(embeddings).hasDimensions(24, 128);
        assertClose(embeddings[20], embeddings[4], 1e-5);
        assertThat(cosine(embeddings[3], embeddings[3])).isEqualTo(1, within(1e-5));
        assertThat(cosine(embeddings[0], embeddings[1])).isLessThan(0.95);
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        RgbImage small = new RgbImage(112, 112, new byte[112 * 112 * 3]);

        assertThatThrownBy(() -> encoder.embed(List.of(small)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("112x112")
                .hasMessageContaining("150x150");
    }

    @Test
    void cropsOfAnotherTemplateAreCarriedOver() {
        RgbImage crop = FacePoints.ARCFACE_112.from(FacePoints.DLIB_150, chips().get(0));

        float[] carried = encoder.adapted(FacePoints.ARCFACE_112).embed(List.of(crop))[0];

        assertThat(cosine(carried, encoder.embed(chips())[0])).isGreaterThan(0.95);
        assertThat(cosine(carried, encoder.embed(chips())[1])).isLessThan(0.95);
    }

    private static List<RgbImage> chips() {
        List<RgbImage> chips = new ArrayList<>();
        for (JsonNode name : Golden.json("12_reference_recogniser/case.json").get("order")) {
            chips.add(Images.decode(Golden.path("12_reference_recogniser/chip_" + name.asText()), Limits.DEFAULT));
        }
        return chips;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }
}
