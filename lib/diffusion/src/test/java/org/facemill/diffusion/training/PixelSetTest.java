package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;

class PixelSetTest {

    @Test
    void colours_become_planes_from_minus_one_to_one() {
        PixelSet set = new PixelSet(new ImageSet() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public RgbImage image(int index) {
                return new RgbImage(2, 1, new byte[] {0, (byte) 255, 51, (byte) 255, 0, (byte) 204});
            }

            @Override
            public float[] context(int index) {
                return new float[] {7};
            }
        });
        float[] sample = new float[7];

        set.sample(0, sample, 1);

        assertThat(set.shape()).containsExactly(3, 1, 2);
        assertThat(sample).containsExactly(new float[] {0, -1, 1, 1, -1, -0.6f, 0.6f}, offset(1e-6f));
        assertThat(set.contextLength()).isEqualTo(1);
    }
}
