package org.facemill.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;

/**
 * A computation written to a folder with one case of inputs and results, to be loaded, checked and timed elsewhere:
 * {@code lib/torch/src/main/scripts/check_export.py} does so with Python's PyTorch, on a GPU too.
 *
 * <p>{@code network.pt} is the archive; {@code case.safetensors} holds {@code parameter.<i>}, {@code input.<i>} and
 * {@code output.<i>} in the order of the computation's arguments and results.
 */
public final class ExportedCase {
    private ExportedCase() {}

    /**
     * Runs a computation here and writes it with what went in and came out. The parameters are taken as they were before the
     * run, so that training steps can be compared too.
     *
     * @throws IllegalArgumentException if the computation runs nowhere else: {@link Recorder.Mode#PACKED}
     */
    public static void write(Path folder, Graph graph, Parameters parameters, DeviceTensor... inputs)
            throws IOException {
        if (graph.declarations().stream()
                .anyMatch(declaration -> declaration.layout().packed())) {
            throw new IllegalArgumentException(
                    graph.name() + ": its weights are packed for this processor; record it in the mode INFERENCE");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < graph.declarations().size(); i++) {
            tensors.put(
                    "parameter." + i,
                    copy(parameters.get(graph.declarations().get(i).name())));
        }
        for (int i = 0; i < inputs.length; i++) {
            tensors.put("input." + i, copy(inputs[i]));
        }
        try (Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            List<DeviceTensor> outputs = new ArrayList<>(network.run(scope, inputs));
            for (int i = 0; i < outputs.size(); i++) {
                tensors.put("output." + i, copy(outputs.get(i)));
            }
        }
        Files.createDirectories(folder);
        graph.write(folder.resolve("network.pt"));
        Safetensors.write(folder.resolve("case.safetensors"), tensors, Map.of("name", graph.name()));
    }

    private static Tensor copy(DeviceTensor tensor) {
        return Tensor.of(tensor.dtype(), tensor.shape(), tensor.bytes());
    }
}
