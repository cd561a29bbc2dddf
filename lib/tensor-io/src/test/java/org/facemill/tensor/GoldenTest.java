package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class GoldenTest {

    @Test
    void formulaWeightsHaveTheSumsThatTheirCaseLists() {
        String fill = "02_unet_full/narrow64_adagn/fill.json";
        JsonNode checks = Golden.json(fill).get("check_sum_abssum_first");

        var entries = Golden.filled(fill);

        assertThat(entries).isNotEmpty();
        for (var e : entries.values()) {
            double sum = 0;
            double absolute = 0;
            float[] values = e.values();
            for (float v : values) {
                sum += v;
                absolute += Math.abs(v);
            }
            JsonNode check = checks.get(e.name());
            assertThat(sum).as(e.name()).isCloseTo(check.get(0).doubleValue(), within(1e-9 * absolute));
            assertThat(absolute).as(e.name()).isCloseTo(check.get(1).doubleValue(), within(1e-9 * absolute));
            assertThat((double) values[0]).as(e.name()).isEqualTo(check.get(2).doubleValue());
        }
    }

    @Test
    void arraysComeWithTheirShape() {
        assertThat(Golden.shape("09_formats/contexts_expected.npy")).containsExactly(20, 512);
        assertThat(Golden.floats("09_formats/contexts_expected.npy")).hasSize(20 * 512);
    }
}
