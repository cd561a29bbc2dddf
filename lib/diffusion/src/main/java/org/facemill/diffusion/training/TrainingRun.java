package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * A training graph with its state: weights, their average and Adam's moments, which one .safetensors file holds.
 */
final class TrainingRun implements AutoCloseable {
    private static final String STEP = "optimizer.step.";

    private final Graph graph;
    private final Parameters parameters;
    private final Network network;
    private long step;

    private TrainingRun(Graph graph, Parameters parameters) {
        this.graph = graph;
        this.parameters = parameters;
        this.network = Network.load(graph, parameters);
        // Adam counts its updates; every parameter has had the same number
        String counter = parameters.names().stream().filter(name -> name.startsWith(STEP)).findFirst().orElseThrow();
        this.step = (long) parameters.get(counter).item();
    }

    static TrainingRun start(Graph graph, long seed) {
        return start(graph, Parameters.initialise(graph, seed));
    }

    /** Starts with these parameters, which it then owns. */
    static TrainingRun start(Graph graph, Parameters initial) {
        return new TrainingRun(graph, initial);
    }

    /** Starts with the values of parameters that are there already; the rest is initialised by the seed. */
    static TrainingRun start(Graph graph, Map<String, Tensor> initial, long seed) {
        Parameters parameters = new Parameters(graph.name());
        initial.forEach((name, tensor) -> parameters.put(name, tensor.floats(), tensor.shape()));
        parameters.initialiseMissing(graph, seed);
        return new TrainingRun(graph, parameters);
    }

    /**
     * @throws IOException if the checkpoint cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    static TrainingRun resume(Graph graph, Path checkpoint) throws IOException {
        try (TensorFile file = TensorFile.open(checkpoint)) {
            return new TrainingRun(graph, Parameters.load(graph, checkpoint.toString(), file.tensors()));
        }
    }

    /** Steps taken so far. */
    long step() {
        return step;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Takes one step with inputs by name; gives the graph's outputs, all scalars. */
    List<Float> advance(BiFunction<Scope, String, DeviceTensor> input) {
        try (Scope scope = Scope.open()) {
            DeviceTensor[] inputs = graph.inputs().stream().map(name -> input.apply(scope, name)).toArray(DeviceTensor[]::new);
            List<Float> outputs = network.run(scope, inputs).stream().map(DeviceTensor::item).toList();
            if (!outputs.stream().allMatch(Float::isFinite)) {
                throw new IllegalStateException(graph.name() + " diverged at step " + step + ": " + graph.outputs() + " = " + outputs
                        + "; go on from an earlier checkpoint with a smaller learning rate");
            }
            step++;
            return outputs;
        }
    }

    /** Writes the state; a file that is there is replaced at once. */
    void save(Path checkpoint) throws IOException {
        Path partial = checkpoint.resolveSibling(checkpoint.getFileName() + ".partial");
        parameters.save(partial, name -> true);
        Files.move(partial, checkpoint, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        network.close();
        parameters.close();
    }
}
