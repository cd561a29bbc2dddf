package org.facemill.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.facemill.recognition.Numbers.assertClose;

import org.junit.jupiter.api.Test;

/**
 * ElasticFace-Arc against its formula (Boutros et al., 2022, equation 6) in double precision, on the embeddings and classes
 * of golden/07_fr/heads: with m_i the image's margin, f(c) = cos(acos(c) + m_i). In single precision a cosine of 0.999 leaves
 * its sine five digits.
 */
class ElasticFaceArcTest {

    private static final double SCALE = 64;
    private static final int IMAGES = 8;

    @Test
    void logitsLossAndGradientsAreThoseOfTheFormula() {
        float[] margins = MarginHeadTest.margins(IMAGES);
        HeadReplay replay = new HeadReplay(
                MarginHeadTest.embeddings(),
                MarginHeadTest.kernel(),
                MarginHeadTest.labels(),
                SCALE,
                new HeadReplay.Target() {
                    @Override
                    public double of(int image, double cosine) {
                        return Math.cos(Math.acos(cosine) + margins[image]);
                    }

                    @Override
                    public double slope(int image, double cosine) {
                        double angle = Math.acos(cosine);
                        return Math.sin(angle + margins[image]) / Math.sin(angle);
                    }
                });

        MarginHeadTest.Result result = MarginHeadTest.run(
                new ElasticFace(SCALE, 0.5, 0.0125, true, false), MarginHeadTest.embeddings(), MarginHeadTest.labels());

        assertClose(result.logits(), replay.logits(), 5e-4);
        assertThat((double) result.loss()).isCloseTo(replay.loss(), within(1e-4));
        assertClose(result.embeddingGradients(), replay.embeddingGradients(), 2e-5);
        assertClose(result.kernelGradients(), replay.kernelGradients(), 1e-4);
    }
}
