package org.facemill.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class RgbImageTest {

    private static final RgbImage TWO_BY_TWO = new RgbImage(2, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1});

    @Test
    void samplesAreUnsigned() {
        assertThat(TWO_BY_TWO.rgb(1, 1, 2)).isEqualTo(255);
        assertThat(TWO_BY_TWO.rgb(1, 0, 0)).isEqualTo(4);
    }

    @Test
    void survivesJava2d() {
        assertThat(RgbImage.of(TWO_BY_TWO.toBufferedImage())).isEqualTo(TWO_BY_TWO);
    }

    @Test
    void cropAndFlip() {
        assertThat(TWO_BY_TWO.crop(1, 0, 1, 2).pixels()).isEqualTo(new byte[] {4, 5, 6, 10, 11, -1});
        assertThat(TWO_BY_TWO.flipped().pixels()).isEqualTo(new byte[] {4, 5, 6, 1, 2, 3, 10, 11, -1, 7, 8, 9});
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TWO_BY_TWO.crop(1, 1, 2, 1));
    }

    /** {@code printf '\0\0\0\1\0\0\0\1abc' | sha256sum} */
    @Test
    void digestCoversDimensionsAndPixels() {
        assertThat(new RgbImage(1, 1, "abc".getBytes()).sha256())
                .isEqualTo("a835b73a2d10c8acaa27c64d5185ff86bbfe4b1bdd28107eea710b2ee0a1488d");
        assertThat(new RgbImage(1, 2, new byte[6]).sha256()).isNotEqualTo(new RgbImage(2, 1, new byte[6]).sha256());
    }

    @Test
    void wrongNumberOfBytesIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new RgbImage(2, 2, new byte[11]))
                .withMessage("2 x 2 RGB pixels want 12 bytes, got 11");
    }
}
