package org.facemill.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.Test;

/** A sealed dataset is judged by its recogniser. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class DatasetEvaluationTest extends EvaluatorFixture {

    @Test
    void aSealedDatasetIsJudgedOnItsIdentitiesWhetherEncodedOrNot() throws IOException {
        new Topic(Topics.DATASET_SEALED).send(sealed(members()));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.subject()).isEqualTo("v1");
        assertThat(evaluation.metrics()).containsKeys("eer", "fmr100", "fmr1000", "auc", "fdr", "tar_at_far_1e-3");
        JsonNode report = Json.MAPPER.readTree(store.get(evaluation.report().orElseThrow()));
        assertThat(report.get("metrics").get("eer").asDouble())
                .isEqualTo(evaluation.metrics().get("eer"));
        assertThat(report.get("facts").get("digest").asText()).isEqualTo("d".repeat(64));
        String page = new String(
                store.find(Buckets.EVALUATIONS, run + "/v1/report.html").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("identity 3")
                .contains("Least alike in themselves")
                .contains("data:image/jpeg;base64,")
                .contains("<svg");
        assertThat(new String(
                        store.find(Buckets.EVALUATIONS, run + "/v1/identities.csv")
                                .orElseThrow(),
                        StandardCharsets.UTF_8))
                .startsWith("ordinal,name,")
                .contains("\n3,3,");
    }

    @Test
    void aDatasetWhoseRecogniserGivesNoEmbeddingsIsJudgedWithoutFigures() throws IOException {
        weights(EvaluatorFixture::spoil);

        new Topic(Topics.DATASET_SEALED)
                .send(sealed(members(crops(0, 0, run, 112), crops(1, 0, run, 112), crops(2, 0, run, 112))));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.metrics()).containsOnly(Map.entry("omitted", 3.0));
        assertThat(omitted(evaluation).get("reason").asText())
                .contains("recogniser " + run)
                .contains("NaN or infinity");
    }

    @Test
    void aDatasetOfEqualPicturesIsCalledCollapsed() throws IOException {
        new Topic(Topics.DATASET_SEALED).send(sealed(members(same(0), same(1), same(2))));

        Evaluation evaluation = evaluation(e -> e.kind() == EvaluationKind.DATASET);
        assertThat(evaluation.metrics())
                .containsEntry("collapsed", 1.0)
                .doesNotContainKeys("eer", "fmr100", "fmr1000", "fdr");
        JsonNode report = Json.MAPPER.readTree(store.get(evaluation.report().orElseThrow()));
        assertThat(report.get("collapsed").asBoolean()).isTrue();
        assertThat(report.get("metrics").get("fmr100").isNull()).isTrue();
        assertThat(report.get("pyeer").get("fmr100").asDouble()).isZero();
    }

    /** An identity whose pictures are the same as those of all such. */
    private Crops same(long ordinal) {
        return crops(ordinal, 0, "reference", Collections.nCopies(IMAGES, faces(0).get(0)));
    }
}
