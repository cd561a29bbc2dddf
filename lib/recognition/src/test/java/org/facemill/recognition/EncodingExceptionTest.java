package org.facemill.recognition;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is no embedding is refused by the names of recogniser and picture. */
class EncodingExceptionTest {

    private final Backbone backbone = Backbones.named("iresnet-slim");
    private final Parameters parameters = Parameters.initialise(backbone.graph(), 1);

    @AfterEach
    void close() {
        parameters.close();
    }

    @Test
    void anOutputThatIsNotANumberIsRefused() {
        fill("features.bias", Float.NaN);

        assertRefused("holds NaN or infinity");
    }

    @Test
    void anInfiniteOutputIsRefused() {
        fill("features.bias", Float.POSITIVE_INFINITY);

        assertRefused("holds NaN or infinity");
    }

    @Test
    void aZeroOutputIsRefused() {
        fill("features.weight", 0);

        assertRefused("is zero");
    }

    @Test
    void anImageOfAnotherSizeIsRefusedAlsoWhereFacesAreCarriedOver() {
        List<RgbImage> faces = new ArrayList<>(faces(20));
        faces.set(18, new RgbImage(128, 128, new byte[128 * 128 * 3]));
        try (Encoder slim = encoder();
                Encoder reference = Encoders.reference().adapted(FacePoints.ARCFACE_112)) {
            for (Encoder encoder : List.of(slim, reference)) {
                assertThatThrownBy(() -> encoder.embed(faces, i -> "face-" + i + ".png"))
                        .isInstanceOf(EncodingException.class)
                        .hasMessage(
                                "recogniser " + encoder.name()
                                        + ", face-18.png: an image of 128x128 where an aligned face of 112x112 is expected; align it first");
            }
        }
    }

    @Test
    void verificationNamesThePictureWhicheverChunkItIsIn() {
        List<RgbImage> faces = new ArrayList<>(faces(300));
        faces.set(290, new RgbImage(96, 112, new byte[96 * 112 * 3]));
        List<Verification.Pair> pairs = IntStream.range(0, 150)
                .mapToObj(i -> new Verification.Pair(2 * i, 2 * i + 1, i % 2 == 0))
                .toList();
        try (Encoder encoder = encoder()) {
            assertThatThrownBy(() -> Verification.of(encoder, faces, i -> "face-" + i + ".png", pairs))
                    .isInstanceOf(EncodingException.class)
                    .hasMessageContaining("face-290.png: an image of 96x112");
        }
    }

    private void assertRefused(String fault) {
        try (Encoder encoder = encoder()) {
            assertThatThrownBy(() -> encoder.embed(faces(3), i -> "face-" + i + ".png"))
                    .isInstanceOf(EncodingException.class)
                    .hasMessageContaining("recogniser slim, face-0.png: the network's output " + fault);
        }
    }

    private Encoder encoder() {
        return Encoders.of("slim", backbone, parameters, () -> {});
    }

    private void fill(String name, float value) {
        float[] values = new float[backbone.dimension()];
        Arrays.fill(values, value);
        parameters.put(name, values, values.length);
    }

    private static List<RgbImage> faces(int count) {
        Random random = new Random(1);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] pixels = new byte[112 * 112 * 3];
                    random.nextBytes(pixels);
                    return new RgbImage(112, 112, pixels);
                })
                .toList();
    }
}
