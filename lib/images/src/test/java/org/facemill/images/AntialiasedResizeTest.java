package org.facemill.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against sums that Pillow 9.4 gave for the same pictures: {@code Image.resize((w, h), Image.BILINEAR)}. */
class AntialiasedResizeTest {

    @ParameterizedTest(name = "{0}x{1} to {2}x{3}")
    @CsvSource({
        "250, 250, 128, 128, 112e693320a0bad9aadacf0beb7be24bf126a921f0a2580cc182a62fb1339710",
        "128, 128, 112, 112, 1c43cd60ba053a9090296135ab36318000292f81ccf43f775b7b109ff9b1b04e",
        "100, 60, 37, 91, 5b3cbbccdbba744e7cb717d8e6b225632889f616d6bcc5704a5674632016e6cc",
        "5, 7, 9, 3, f3ef51b4138a81c0f197e3edaa7861acc47a02d7d19a5573adb2ee19adbaf622",
        "3, 3, 200, 1, 9ce103ae2c3c0ab27f58248fbcead5a2e55bc2bb274da759e26a078c36f6148c",
        "640, 480, 64, 64, 380c4a088623148f6707d9a3012b53835c37c752d39a83d27428cac1ef8cb9ff",
        "16, 16, 16, 8, 7ac03822f13fccc97caf4eb0c7b4e5f7dc6afeeadaf6120e15cb40277ec1a51e",
        "1, 1, 4, 4, 9f6630585c20ef268a117053bd0816bffb47b97536354020b2437075747d3170"
    })
    void every_sample_is_pillows(int width, int height, int newWidth, int newHeight, String sha256) {
        RgbImage resized = Images.resizeAntialiased(picture(width, height), newWidth, newHeight);

        assertThat(resized.width()).isEqualTo(newWidth);
        assertThat(resized.sha256()).isEqualTo(sha256);
    }

    @Test
    void a_picture_of_the_size_asked_for_stays_as_it_is() {
        assertThat(Images.resizeAntialiased(picture(9, 7), 9, 7)).isEqualTo(picture(9, 7));
    }

    /** A third pixel that shrinking without antialiasing would not see. */
    @Test
    void every_pixel_counts_where_a_picture_shrinks() {
        byte[] pixels = new byte[12 * 3];
        pixels[3 * 3] = (byte) 255;

        RgbImage third = Images.resizeAntialiased(new RgbImage(12, 1, pixels), 4, 1);

        // the triangle around 4.5 is 3 wide on both sides: 1.0 at its top over a sum of 3, here at 3.5
        assertThat(third.rgb(1, 0, 0)).isEqualTo((int) Math.round(255 * (1 - 1.0 / 3) / 3));
    }

    /** Samples that look random, by Murmur's mixing of their index. */
    private static RgbImage picture(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            int x = i * (int) 2654435761L + 12345;
            x ^= x >>> 15;
            x *= (int) 2246822519L;
            x ^= x >>> 13;
            pixels[i] = (byte) x;
        }
        return new RgbImage(width, height, pixels);
    }
}
