package org.facemill.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.facemill.images.RgbImage;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyramidTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000, 60_000})
    void anyNumberOfPixelsPerRunGivesTheSameProposals(int pixelsPerRun) {
        RgbImage image = MtcnnTest.read("lfw_Monica_Bellucci.png");
        List<SummedAreaTable> images = List.of(new SummedAreaTable(image, 0), new SummedAreaTable(image.flipped(), 0));

        List<Candidate> whole = propose(images, Pyramid.PIXELS_PER_RUN);
        List<Candidate> strips = propose(images, pixelsPerRun);

        assertThat(strips).hasSameSizeAs(whole).hasSizeGreaterThan(50);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(strips.get(i).image()).isEqualTo(whole.get(i).image());
            assertThat(strips.get(i).score()).isCloseTo(whole.get(i).score(), within(1e-4f));
            assertThat(strips.get(i).box().x1()).isCloseTo(whole.get(i).box().x1(), within(0.01f));
            assertThat(strips.get(i).box().y2()).isCloseTo(whole.get(i).box().y2(), within(0.01f));
        }
    }

    @Test
    void anImageSmallerThanTheSmallestFaceHasNoProposals() {
        assertThat(propose(List.of(new SummedAreaTable(new RgbImage(1, 1, new byte[3]), 0)), Pyramid.PIXELS_PER_RUN))
                .isEmpty();
    }

    private static List<Candidate> propose(List<SummedAreaTable> images, int pixelsPerRun) {
        try (Parameters parameters = Mtcnn.weights();
                Network network = Network.load(MtcnnNetworks.proposal(), parameters)) {
            return new Pyramid(network, MtcnnOptions.DEFAULT, pixelsPerRun)
                    .propose(images, images.size() == 1 ? List.of(0) : List.of(0, 1));
        }
    }
}
