package org.facemill.images.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against golden/10_rand_augment: what torchvision on Pillow made of one face. */
class OperationTest {

    @TestFactory
    Stream<DynamicTest> everyOperationGivesTheOriginalsPixels() {
        RgbImage input = image("input_112.png");

        List<DynamicTest> tests = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> it = cases().get("images").fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = it.next();
            Operation operation = operation(entry.getValue().get("op").asText());
            double magnitude = entry.getValue().get("magnitude").asDouble();
            tests.add(DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> assertThat(operation.apply(input, magnitude).pixels())
                            .isEqualTo(image(entry.getKey()).pixels())));
        }
        return tests.stream();
    }

    @Test
    void magnitudesAreTheOriginalsFloat32Tables() {
        for (Operation operation : Operation.values()) {
            JsonNode table = table(operation).get("table");

            for (int bin = 0; bin < table.size(); bin++) {
                assertThat(operation.magnitude(bin, 112))
                        .as("%s bin %d", operation, bin)
                        .isEqualTo(table.get(bin).asDouble());
            }
            assertThat(operation.signed())
                    .as("%s", operation)
                    .isEqualTo(table(operation).get("signed").asBoolean());
        }
    }

    @Test
    void operationsInARowGiveTheOriginalsPixels() {
        JsonNode pipelines = cases().get("pipeline_ops_applied");

        for (int i = 0; i < pipelines.size(); i++) {
            RgbImage result = image("input_112.png");
            for (JsonNode step : pipelines.get(i)) {
                result = operation(step.get(0).asText())
                        .apply(result, step.get(1).asDouble());
            }
            byte[] expected = image("pipeline_" + i + ".png").pixels();
            assertThat(result.pixels()).as("pipeline_%d", i).isIn(expected, flipped(expected));
        }
    }

    @Test
    void randAugmentDependsOnItsGeneratorAlone() {
        RgbImage input = image("input_112.png");
        RandAugment augment = new RandAugment(4, 16);

        assertThat(augment.apply(input, new SplittableRandom(5)).pixels())
                .isEqualTo(augment.apply(input, new SplittableRandom(5)).pixels());
        assertThat(augment.apply(input, new SplittableRandom(5)).pixels())
                .isNotEqualTo(augment.apply(input, new SplittableRandom(6)).pixels());
    }

    private static byte[] flipped(byte[] pixels) {
        return new RgbImage(112, 112, pixels).flipped().pixels();
    }

    private static JsonNode cases() {
        return Golden.json("10_rand_augment/case.json");
    }

    private static JsonNode table(Operation operation) {
        for (Iterator<Map.Entry<String, JsonNode>> it = cases().get("table").fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = it.next();
            if (operation(entry.getKey()) == operation) {
                return entry.getValue();
            }
        }
        throw new AssertionError(operation);
    }

    private static Operation operation(String name) {
        return Operation.valueOf(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    private static RgbImage image(String name) {
        Path path = Golden.path("10_rand_augment/" + name);
        return Images.decode(path, Limits.DEFAULT);
    }
}
