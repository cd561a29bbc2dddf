package org.facemill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    private record Figures(double fdr, Double mean, float share, double[] curve, List<Double> listed) {}

    @Test
    void aNumberThatIsNotFiniteIsNull() throws JsonProcessingException {
        Figures figures = new Figures(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                new double[] {0.5, Double.NaN},
                List.of(1.5, Double.NaN));

        assertThat(Json.MAPPER.writeValueAsString(figures))
                .isEqualTo("{\"fdr\":null,\"mean\":null,\"share\":null,\"curve\":[0.5,null],\"listed\":[1.5,null]}");
    }

    @Test
    void aTreeHasNullThereToo() throws JsonProcessingException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fdr", Double.NaN);
        JsonNode tree = Json.MAPPER.valueToTree(map);

        assertThat(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree))
                .contains("\"fdr\" : null");
    }
}
