package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.facemill.tensor.DType;
import org.facemill.tensor.TensorFile;
import org.facemill.tensor.WholeFiles;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;

/**
 * Training by a graph that gives gradients: those of a batch's parts, computed at once, are averaged, clipped and followed by
 * Adam. Its state is one .safetensors file: weights, their average under {@code ema.} and Adam's moments, all FLOAT32.
 */
final class GraphTrainer implements AutoCloseable {
    private static final String STEP = "optimizer.step.";

    private final Graph graph;
    private final int parts;
    private final Parameters parameters;
    private final Network gradients;
    private final Network update;
    private final ExecutorService threads;
    private long step;

    /** Inputs of the graph by name, for a part of the batch; called by several threads at once. */
    interface Inputs {
        DeviceTensor of(Scope scope, String name, MicroBatch part);
    }

    /**
     * @param graph   outputs scalars, then its gradients
     * @param parts   of a batch that are computed at once
     * @param initial weights; the state is added where it is missing. The run then owns them
     */
    GraphTrainer(Graph graph, Optional<Double> maxGradNorm, int parts, Parameters initial) {
        Graph rule = rule(graph, maxGradNorm, parts);
        this.graph = graph;
        this.parts = parts;
        this.parameters = initial;
        initial.initialiseMissing(rule, 0);
        this.gradients = Network.load(graph, parameters);
        this.update = Network.load(rule, parameters);
        this.threads = Executors.newFixedThreadPool(parts);
        // Adam counts its updates; every parameter has had the same number
        String counter = parameters.names().stream()
                .filter(name -> name.startsWith(STEP))
                .findFirst()
                .orElseThrow();
        this.step = (long) parameters.get(counter).item();
    }

    /**
     * @throws IOException if the checkpoint cannot be read
     * @throws IllegalArgumentException if it belongs to another configuration; the message names the tensor
     */
    static GraphTrainer resume(Graph graph, Optional<Double> maxGradNorm, int parts, Path checkpoint)
            throws IOException {
        try (TensorFile file = TensorFile.open(checkpoint)) {
            Parameters state = new Parameters(checkpoint.toString());
            try {
                state.loadMissing(graph, file.tensors());
                state.loadMissing(rule(graph, maxGradNorm, parts), file.tensors());
                return new GraphTrainer(graph, maxGradNorm, parts, state);
            } catch (RuntimeException | Error e) {
                state.close();
                throw e;
            }
        }
    }

    private static Graph rule(Graph graph, Optional<Double> maxGradNorm, int parts) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE, DType.F32);
        Gradients gradients = Gradients.received(recorder, graph, parts);
        maxGradNorm.ifPresent(gradients::clip);
        Optimizers.adam(gradients, recorder.input("lr"));
        Optimizers.average(gradients, recorder.input("decay"));
        return recorder.finish(graph.name());
    }

    /** Steps taken so far. */
    long step() {
        return step;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Takes one step; gives the means over the batch of the graph's scalars. */
    List<Float> advance(int batch, double learningRate, double decay, Inputs inputs) {
        List<Scope> scopes = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            IntStream.range(0, parts).forEach(part -> scopes.add(Scope.open()));
            List<List<DeviceTensor>> results = atOnce(batch, scopes, inputs);
            List<Float> means = means(batch, results);
            if (!means.stream().allMatch(Float::isFinite)) {
                throw new IllegalStateException(graph.name() + " diverged at step " + step + ": "
                        + graph.outputs().subList(0, means.size()) + " = " + means
                        + "; go on from an earlier checkpoint with a smaller learning rate");
            }
            List<DeviceTensor> arguments = new ArrayList<>();
            results.forEach(outputs -> arguments.addAll(Gradients.among(graph, outputs)));
            IntStream.range(0, parts).forEach(part -> arguments.add(scope.scalar(weight(batch, part))));
            arguments.add(scope.scalar((float) learningRate));
            arguments.add(scope.scalar((float) decay));
            update.run(scope, arguments.toArray(DeviceTensor[]::new));
            step++;
            return means;
        } finally {
            scopes.forEach(Scope::close);
        }
    }

    private List<List<DeviceTensor>> atOnce(int batch, List<Scope> scopes, Inputs inputs) {
        List<CompletableFuture<List<DeviceTensor>>> runs = IntStream.range(0, parts)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            MicroBatch part = MicroBatch.of(batch, i, parts);
                            Scope scope = scopes.get(i);
                            return gradients.run(
                                    scope,
                                    graph.inputs().stream()
                                            .map(name -> inputs.of(scope, name, part))
                                            .toArray(DeviceTensor[]::new));
                        },
                        threads))
                .toList();
        // all have ended before anything is thrown: scopes are closed then
        CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))
                .exceptionally(error -> null)
                .join();
        try {
            return runs.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private List<Float> means(int batch, List<List<DeviceTensor>> results) {
        int scalars =
                graph.outputs().size() - Gradients.among(graph, results.get(0)).size();
        return IntStream.range(0, scalars)
                .mapToObj(i -> (float) IntStream.range(0, parts)
                        .mapToDouble(part -> results.get(part).get(i).item() * (double) weight(batch, part))
                        .sum())
                .toList();
    }

    private float weight(int batch, int part) {
        return (float) MicroBatch.of(batch, part, parts).size() / batch;
    }

    /** Writes the state; a file that is there is replaced at once. */
    void save(Path checkpoint) throws IOException {
        WholeFiles.write(checkpoint, path -> parameters.save(path, name -> true));
    }

    @Override
    public void close() {
        threads.shutdown();
        gradients.close();
        update.close();
        parameters.close();
    }
}
