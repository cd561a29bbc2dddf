package org.facemill.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.facemill.recognition.Numbers.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facemill.tensor.Golden;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against golden/07_fr/heads: 8 embeddings, 32 classes, target cosines from -0.95 to 0.999. */
class MarginHeadTest {

    static final int CLASSES = 32;
    static final int DIMENSION = 512;
    private static final String HEADS = "07_fr/heads/";

    private static final Map<String, MarginHead> ORIGINALS = Map.of(
            "idiff_CosFace_s64_m0.35", new CosFace(64, 0.35),
            "idiff_ArcFace_s64_m0.5", new ArcFace(64, 0.5, false),
            "tface_local_ArcFace_s64_m0.5", new ArcFace(64, 0.5, true),
            "tface_dist_ArcFace_s64_m0.5", new ArcFace(64, 0.5, true),
            "tface_local_CosFace_s64_m0.4", new CosFace(64, 0.4),
            "tface_dist_CosFace_s64_m0.4", new CosFace(64, 0.4),
            "tface_local_CurricularFace_s64_m0.5", new CurricularFace(64, 0.5),
            "tface_dist_CurricularFace_s64_m0.5_t0", new CurricularFace(64, 0.5),
            "idiff_ElasticCosFace", new ElasticFace(64, 0.35, 0.0125, false, false));

    /** Results of one recorded head. */
    record Result(float[] logits, float loss, float[] embeddingGradients, float[] kernelGradients, float progress) {}

    @TestFactory
    Stream<DynamicTest> logitsLossAndGradientsAreTheOriginals() {
        return ORIGINALS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Result result = run(entry.getValue(), embeddings(), labels());

                    String folder = HEADS + entry.getKey();
                    assertClose(result.logits, Golden.floats(folder + "/logits.npy"), 2e-4);
                    assertThat(result.loss).isCloseTo((float) golden(entry.getKey(), "loss"), within(1e-4f));
                    assertClose(result.embeddingGradients, Golden.floats(folder + "/grad_embeddings.npy"), 2e-5);
                    assertClose(result.kernelGradients, Golden.floats(folder + "/grad_kernel.npy"), 1e-4);
                }));
    }

    @Test
    void elasticFacePlusHandsMarginsOutByCosine() {
        Result result = run(new ElasticFace(64, 0.35, 0.0125, false, true), embeddings(), labels());

        assertThat(result.loss).isCloseTo((float) golden("idiff_ElasticCosFace_plus", "loss"), within(1e-4f));
    }

    @Test
    void curricularFaceFollowsTheTargetCosines() {
        Result result = run(new CurricularFace(64, 0.5), embeddings(), labels());

        assertThat(result.progress)
                .isCloseTo((float) golden("tface_dist_CurricularFace_s64_m0.5_t0", "t_after"), within(1e-7f));
    }

    @Test
    void imagesOfNoClassGetNoMargin() {
        String folder = HEADS + "idiff_CosFace_label_minus1";

        Result result = run(new CosFace(64, 0.35), embeddings(), Golden.longs(folder + "/labels.npy"));

        assertClose(result.logits, Golden.floats(folder + "/logits.npy"), 2e-4);
    }

    @Test
    void gradientsStayFiniteWhereTheCosineIsOneOrMinusOne() {
        float[] kernel = kernel();
        float[] aligned = new float[2 * DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            aligned[i] = kernel[i * CLASSES + 3];
            aligned[DIMENSION + i] = -kernel[i * CLASSES + 3];
        }

        for (MarginHead head : List.of(
                new ArcFace(64, 0.5, false),
                new ArcFace(64, 0.5, true),
                new CosFace(64, 0.35),
                new CurricularFace(64, 0.5),
                new AdaFace(64, 0.4, 0.333, 0.01, false),
                new ElasticFace(64, 0.35, 0.0125, false, false),
                new ElasticFace(64, 0.5, 0.0125, true, false),
                new ElasticFace(64, 0.5, 0.0125, true, true))) {
            Result result = run(head, aligned, new long[] {3, 3});

            assertThat(finite(result.embeddingGradients) && finite(result.kernelGradients))
                    .as("%s", head)
                    .isTrue();
            assertThat(result.loss).as("%s", head).isFinite();
        }
    }

    /** Gradients are read off the first step of SGD at rate 1: what was before, less what is after. */
    static Result run(MarginHead head, float[] embeddings, long[] labels) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Layers layers = new Layers(recorder);
        Value rows = layers.parameter("embeddings", Init.ZEROS, labels.length, DIMENSION);
        Value classes = recorder.input("labels");
        Value logits = head instanceof ElasticFace elastic
                ? elastic(elastic, layers, rows, classes)
                : head.logits(layers, rows, classes, DIMENSION, CLASSES);
        Value loss = MarginHead.loss(layers, logits, classes);
        recorder.output("logits", logits.detach());
        recorder.output("loss", loss.detach());
        Optimizers.sgd(Gradients.of(recorder, loss), recorder.input("rate"), 0.9, 0);
        Graph graph = recorder.finish("head");

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Scope scope = Scope.open()) {
            float[] kernel = kernel();
            parameters.put("kernel", kernel, DIMENSION, CLASSES);
            parameters.put("embeddings", embeddings, labels.length, DIMENSION);
            try (Network network = Network.load(graph, parameters)) {
                Map<String, DeviceTensor> inputs = Map.of(
                        "labels",
                        scope.longs(labels, labels.length),
                        "margins",
                        scope.floats(margins(labels.length), labels.length, 1),
                        "rate",
                        scope.scalar(1f));
                List<DeviceTensor> results = network.run(
                        scope, graph.inputs().stream().map(inputs::get).toArray(DeviceTensor[]::new));
                return new Result(
                        results.get(0).floats(),
                        results.get(1).item(),
                        difference(embeddings, parameters.get("embeddings").floats()),
                        difference(kernel, parameters.get("kernel").floats()),
                        head instanceof CurricularFace ? parameters.get("t").item() : 0);
            }
        }
    }

    private static float[] difference(float[] before, float[] after) {
        float[] difference = new float[before.length];
        for (int i = 0; i < before.length; i++) {
            difference[i] = before[i] - after[i];
        }
        return difference;
    }

    private static Value elastic(ElasticFace head, Layers layers, Value embeddings, Value labels) {
        Value kernel = layers.parameter("kernel", Init.ZEROS, DIMENSION, CLASSES);
        Cosines cosines = Cosines.of(layers.recorder(), embeddings, kernel, labels, CLASSES);
        return head.withMargins(layers.recorder(), cosines, layers.recorder().input("margins"))
                .mul(head.scale());
    }

    static float[] margins(int count) {
        return Arrays.copyOf(Golden.floats(HEADS + "idiff_ElasticCosFace/margin.npy"), count);
    }

    static float[] embeddings() {
        return Golden.floats(HEADS + "embeddings.npy");
    }

    static float[] kernel() {
        return Golden.floats(HEADS + "kernel.npy");
    }

    static long[] labels() {
        return Golden.longs(HEADS + "labels.npy");
    }

    private static double golden(String head, String key) {
        return Golden.json(HEADS + "case.json").get("heads").get(head).get(key).asDouble();
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
