package org.facemill.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Tensor;
import org.facemill.torch.Declaration;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Parameters;

/** Golden cases in the terms of networks. */
public final class GoldenNumbers {
    private GoldenNumbers() {}

    /** What a graph declares, by the formula of a fill.json whose names carry {@code prefix}. */
    public static Parameters filled(Graph graph, String fillJson, String prefix) {
        Map<String, Golden.Filled> entries = Golden.filled(fillJson);
        Map<String, Tensor> tensors = new TreeMap<>();
        for (Declaration declaration : graph.declarations()) {
            Golden.Filled entry = entries.get(prefix + declaration.name());
            tensors.put(declaration.name(), Tensor.of(entry.shape(), entry.values()));
        }
        return Parameters.load(graph, fillJson, tensors);
    }

    /** Within 1e-5 of the largest value, or ten times the case's own deviation where that is more. */
    public static void assertClose(DeviceTensor actual, String npy, double deviation) {
        float[] expected = Golden.floats(npy);
        float[] values = actual.floats();
        assertThat(actual.shape()).isEqualTo(Golden.shape(npy));
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - (double) values[i]));
        }
        assertThat(difference).as(npy).isLessThanOrEqualTo(Math.max(1e-5 * largest, 10 * deviation));
    }

    /** Parameter names without prefix and shapes of a 03_names file. */
    public static Map<String, List<Long>> names(String file, String prefix) {
        Map<String, List<Long>> names = new TreeMap<>();
        for (JsonNode entry : Golden.json("03_names/" + file).get("entries")) {
            if (entry.get(3).asText().equals("param")) {
                List<Long> shape = new ArrayList<>();
                entry.get(1).forEach(size -> shape.add(size.asLong()));
                names.put(entry.get(0).asText().substring(prefix.length()), shape);
            }
        }
        return names;
    }

    public static List<Long> boxed(long[] shape) {
        return LongStream.of(shape).boxed().toList();
    }
}
