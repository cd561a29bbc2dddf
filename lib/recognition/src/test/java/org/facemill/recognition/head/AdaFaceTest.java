package org.facemill.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.facemill.recognition.Numbers.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * AdaFace against its formula (Kim et al., 2022, equations 14 to 18) in double precision, on the embeddings and classes of
 * golden/07_fr/heads, whose rows get norms of 3 to 45 here. What the authors' code adds to the formula, cosines that stay
 * 1e-3 off +-1 and angles that stay 1e-3 off 0 and pi, is replayed too.
 */
class AdaFaceTest {

    private static final double EPSILON = 1e-3;
    private static final double SCALE = 64;
    private static final double MARGIN = 0.4;
    private static final double H = 0.333;

    static Stream<AdaFace> heads() {
        return Stream.of(
                new AdaFace(SCALE, MARGIN, H, 0.99, false),
                new AdaFace(SCALE, MARGIN, H, 0.01, false),
                new AdaFace(SCALE, MARGIN, H, 1, false),
                new AdaFace(SCALE, 0.75, 1, 0.5, false),
                new AdaFace(SCALE, MARGIN, H, 1, true));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void logitsLossAndGradientsAreThoseOfTheFormula(AdaFace head) {
        float[] embeddings = embeddings(0);
        HeadReplay replay = new HeadReplay(
                embeddings,
                MarginHeadTest.kernel(),
                MarginHeadTest.labels(),
                SCALE,
                target(head, new Statistics().qualities(head, embeddings)));

        MarginHeadTest.Result result = MarginHeadTest.run(head, embeddings, MarginHeadTest.labels());

        assertClose(result.logits(), replay.logits(), 1e-3);
        assertThat((double) result.loss()).isCloseTo(replay.loss(), within(2e-4));
        assertClose(result.embeddingGradients(), replay.embeddingGradients(), 2e-5);
        assertClose(result.kernelGradients(), replay.kernelGradients(), 2e-4);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void statisticsFollowTheBatches(AdaFace head) {
        Statistics statistics = new Statistics();
        List<float[]> batches = List.of(embeddings(0), embeddings(2), embeddings(5));

        List<float[]> logits = run(head, batches);

        for (int step = 0; step < batches.size(); step++) {
            HeadReplay replay = new HeadReplay(
                    batches.get(step),
                    MarginHeadTest.kernel(),
                    MarginHeadTest.labels(),
                    SCALE,
                    target(head, statistics.qualities(head, batches.get(step))));
            assertClose(logits.get(step), replay.logits(), 1e-3);
        }
    }

    @Test
    void withUnitNormsAsInTheSeedItIsCosFace() {
        float[] adaFace = MarginHeadTest.run(
                        new AdaFace(SCALE, MARGIN, H, 1, true), embeddings(0), MarginHeadTest.labels())
                .logits();
        float[] cosFace = MarginHeadTest.run(new CosFace(SCALE, MARGIN), embeddings(0), MarginHeadTest.labels())
                .logits();

        // beyond 0.999 AdaFace's cosines are clamped
        assertClose(adaFace, cosFace, SCALE * EPSILON);
    }

    @Test
    void aWeightOfTheBatchOutsideZeroToOneIsRefused() {
        for (double wrong : new double[] {0, -0.1, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new AdaFace(SCALE, MARGIN, H, wrong, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("t_alpha: " + wrong);
        }
    }

    /** The running mean and deviation of norms. */
    private static final class Statistics {
        private double mean = 20;
        private double deviation = 100;

        /** Takes the batch in and gives each image's quality. */
        double[] qualities(AdaFace head, float[] embeddings) {
            int images = embeddings.length / MarginHeadTest.DIMENSION;
            double[] norms = new double[images];
            Arrays.setAll(
                    norms,
                    i -> head.unitNorms()
                            ? 1
                            : HeadReplay.norm(embeddings, i * MarginHeadTest.DIMENSION, MarginHeadTest.DIMENSION, 1));
            double batchMean = Arrays.stream(norms).average().orElseThrow();
            double squares = Arrays.stream(norms)
                    .map(z -> (z - batchMean) * (z - batchMean))
                    .sum();
            mean = head.tAlpha() * batchMean + (1 - head.tAlpha()) * mean;
            deviation = head.tAlpha() * Math.sqrt(squares / (images - 1)) + (1 - head.tAlpha()) * deviation;
            return Arrays.stream(norms)
                    .map(z -> (z - mean) / (deviation + EPSILON) * head.concentration())
                    .map(q -> clip(q, -1, 1))
                    .toArray();
        }
    }

    private static HeadReplay.Target target(AdaFace head, double[] qualities) {
        return new HeadReplay.Target() {
            @Override
            public double of(int image, double cosine) {
                double shift = head.margin() * qualities[image];
                double angle =
                        clip(Math.acos(clip(cosine, EPSILON - 1, 1 - EPSILON)) - shift, EPSILON, Math.PI - EPSILON);
                return Math.cos(angle) - (shift + head.margin());
            }

            @Override
            public double slope(int image, double cosine) {
                double angle = Math.acos(cosine);
                double moved = angle - head.margin() * qualities[image];
                boolean clipped = Math.abs(cosine) >= 1 - EPSILON || moved <= EPSILON || moved >= Math.PI - EPSILON;
                return clipped ? 0 : Math.sin(moved) / Math.sin(angle);
            }
        };
    }

    private static double clip(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }

    /** The golden embeddings with norms that begin elsewhere for each {@code shift}. */
    private static float[] embeddings(int shift) {
        float[] embeddings = MarginHeadTest.embeddings();
        for (int i = 0; i < embeddings.length; i++) {
            int image = i / MarginHeadTest.DIMENSION;
            embeddings[i] *= 3 + 6 * ((image + shift) % 8) + shift;
        }
        return embeddings;
    }

    /** Logits of one batch after the other, the statistics going on. */
    private static List<float[]> run(AdaFace head, List<float[]> batches) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Layers layers = new Layers(recorder);
        recorder.output(
                "logits",
                head.logits(
                                layers,
                                recorder.input("embeddings"),
                                recorder.input("labels"),
                                MarginHeadTest.DIMENSION,
                                MarginHeadTest.CLASSES)
                        .detach());
        Graph graph = recorder.finish("head");
        List<float[]> logits = new ArrayList<>();
        long[] labels = MarginHeadTest.labels();
        try (Parameters parameters = Parameters.initialise(graph, 1);
                Scope scope = Scope.open()) {
            parameters.put("kernel", MarginHeadTest.kernel(), MarginHeadTest.DIMENSION, MarginHeadTest.CLASSES);
            try (Network network = Network.load(graph, parameters)) {
                for (float[] batch : batches) {
                    DeviceTensor embeddings = scope.floats(batch, labels.length, MarginHeadTest.DIMENSION);
                    logits.add(network.apply(scope, embeddings, scope.longs(labels, labels.length))
                            .floats());
                }
            }
        }
        return logits;
    }

    @Test
    void classesStartAsDirectionsOfAboutUnitLength() {
        Init init = new AdaFace(SCALE, MARGIN, H, 1, false).kernel(512);

        assertThat(init.kind()).isEqualTo(Init.Kind.UNIFORM);
        assertThat(512 * init.scale() * init.scale() / 3).isCloseTo(1, within(1e-12));
    }
}
