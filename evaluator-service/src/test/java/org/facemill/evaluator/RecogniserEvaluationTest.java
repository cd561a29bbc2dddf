package org.facemill.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.razorvine.pickle.Pickler;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.recipe.run.EvaluationPlan;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

/** A trained recogniser is judged on unseen identities and on benchmarks. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class RecogniserEvaluationTest extends EvaluatorFixture {

    @Test
    void aRecogniserIsVerifiedOnUnseenIdentitiesAndOnBenchmarks() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark());
        FrModel model = new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights(),
                List.of(2L, 3L),
                members(),
                1,
                1,
                new EvaluationPlan("reference", List.of("tiny")));

        new Topic(Topics.FR_MODELS).send(model);

        Evaluation unseen = evaluation(e -> e.subject().equals(RecogniserEvaluation.UNSEEN));
        Evaluation tiny = evaluation(e -> e.subject().equals("tiny"));
        assertThat(unseen.kind()).isEqualTo(EvaluationKind.RECOGNISER);
        assertThat(unseen.model()).isEqualTo("fr-" + run + "-v1");
        assertThat(unseen.metrics().get("accuracy")).isBetween(0.0, 1.0);
        assertThat(tiny.metrics().get("accuracy")).isEqualTo(1);
        JsonNode report = Json.MAPPER.readTree(store.get(tiny.report().orElseThrow()));
        assertThat(report.get("metrics").get("tiny_accuracy").asDouble()).isEqualTo(1);
        assertThat(report.get("metrics").has("unseen_accuracy")).isTrue();
    }

    @Test
    void theReportOfALaterVersionsRecogniserShowsThoseOfEarlierOnesBesideIt() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark());
        new Topic(Topics.FR_MODELS).send(model(1, weights(), members(crops(0, 0), crops(1, 0))));
        evaluation(e -> e.model().equals("fr-" + run + "-v1"));

        new Topic(Topics.FR_MODELS).send(model(2, weights(), members()));
        Evaluation second = evaluation(e -> e.model().equals("fr-" + run + "-v2"));

        JsonNode versions =
                Json.MAPPER.readTree(store.get(second.report().orElseThrow())).path("trained_versions");
        assertThat(versions.findValuesAsText("version")).containsExactly("1", "2");
        assertThat(versions.findValuesAsText("identities")).containsExactly("2", "4");
        assertThat(versions.findValuesAsText("tiny")).containsExactly("1.0", "1.0");
    }

    @Test
    void tooFewUnseenIdentitiesAreJudgedWithoutFiguresBesideTheBenchmarks() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark());
        FrModel model = new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights(),
                List.of(3L),
                members(),
                1,
                1,
                new EvaluationPlan("reference", List.of("tiny")));

        new Topic(Topics.FR_MODELS).send(model);

        assertThat(evaluation(e -> e.subject().equals(RecogniserEvaluation.UNSEEN))
                        .metrics())
                .isEmpty();
        assertThat(evaluation(e -> e.subject().equals("tiny")).metrics()).containsKey("accuracy");
    }

    @Test
    void aMissingBenchmarkIsJudgedWithoutFiguresAndNamedInTheReport() throws IOException {
        new Topic(Topics.FR_MODELS).send(model(weights(parameters -> {}), "none-such"));

        Evaluation evaluation = evaluation(e -> e.subject().equals("none-such"));

        assertThat(evaluation.metrics()).isEmpty();
        assertThat(omitted(evaluation).get("reason").asText()).contains("benchmarks/none-such.bin");
    }

    @Test
    void aRecogniserThatWasTrainedToNothingIsJudgedWithoutFiguresAndTheReportSaysWhy() throws IOException {
        store.put(Buckets.BENCHMARKS, "tiny.bin", benchmark());

        new Topic(Topics.FR_MODELS).send(model(weights(EvaluatorFixture::spoil), "tiny"));

        Evaluation evaluation = evaluation(e -> e.subject().equals("tiny"));
        assertThat(evaluation.metrics()).isEmpty();
        assertThat(omitted(evaluation).get("reason").asText())
                .contains("fr-" + run + "-v1")
                .contains("image 0 of the benchmark")
                .contains("NaN or infinity");
    }

    private FrModel model(ObjectRef weights, String benchmark) {
        return new FrModel(
                run,
                1,
                "fr-" + run + "-v1",
                weights,
                List.of(),
                members(crops(0, 0)),
                1,
                1,
                new EvaluationPlan("reference", List.of(benchmark)));
    }

    private FrModel model(int version, ObjectRef weights, ObjectRef members) {
        return new FrModel(
                run,
                version,
                "fr-" + run + "-v" + version,
                weights,
                List.of(),
                members,
                1,
                1,
                new EvaluationPlan("reference", List.of("tiny")));
    }

    /** Pairs that any network tells apart: the same picture twice, or two very different ones. */
    private static byte[] benchmark() throws IOException {
        List<byte[]> images = new ArrayList<>();
        List<Boolean> same = new ArrayList<>();
        byte[] face = Images.png(faces(0).get(0));
        byte[] black = Images.png(new RgbImage(112, 112, new byte[112 * 112 * 3]));
        for (int pair = 0; pair < 20; pair++) {
            images.add(face);
            images.add(pair % 2 == 0 ? face : black);
            same.add(pair % 2 == 0);
        }
        return new Pickler().dumps(List.of(images, same));
    }
}
