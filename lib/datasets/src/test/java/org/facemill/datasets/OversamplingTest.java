package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;

class OversamplingTest {

    private static final byte[] FIRST = Images.png(waves());

    @Test
    void identicalCopiesAreTheImageByteByByte() {
        List<byte[]> copies = new Oversampling(5, CopyKind.IDENTICAL, 1).of(7, FIRST);

        assertThat(copies).hasSize(5).allSatisfy(copy -> assertThat(copy).isEqualTo(FIRST));
    }

    @Test
    void augmentedCopiesDifferFromTheImageAndFromEachOther() {
        List<byte[]> copies = new Oversampling(5, CopyKind.AUGMENTED, 1).of(7, FIRST);

        List<RgbImage> images = copies.stream()
                .map(copy -> Images.decode(copy, "copy", Limits.DEFAULT))
                .toList();
        assertThat(images).hasSize(5).allSatisfy(image -> {
            assertThat(image.width()).isEqualTo(112);
            assertThat(image.height()).isEqualTo(112);
        });
        HashSet<String> pixels =
                new HashSet<>(images.stream().map(RgbImage::sha256).toList());
        pixels.add(waves().sha256());
        assertThat(pixels).hasSize(6);
    }

    @Test
    void augmentedCopiesDependOnSeedAndOrdinalAlone() {
        Oversampling oversampling = new Oversampling(3, CopyKind.AUGMENTED, 1);
        List<byte[]> copies = oversampling.of(7, FIRST);

        assertThat(oversampling.of(7, FIRST)).containsExactlyElementsOf(copies);
        assertThat(new Oversampling(1, CopyKind.AUGMENTED, 1).of(7, FIRST).get(0))
                .isEqualTo(copies.get(0));
        assertThat(oversampling.of(8, FIRST).get(0)).isNotEqualTo(copies.get(0));
        assertThat(new Oversampling(3, CopyKind.AUGMENTED, 2).of(7, FIRST).get(0))
                .isNotEqualTo(copies.get(0));
    }

    private static RgbImage waves() {
        byte[] pixels = new byte[112 * 112 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (int) (128 + 100 * Math.sin(i / 3 % 112 / 9.0 + i % 3) * Math.cos(i / 3 / 112 / 11.0));
        }
        return new RgbImage(112, 112, pixels);
    }
}
