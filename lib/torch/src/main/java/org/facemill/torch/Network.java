package org.facemill.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A graph loaded by libtorch and bound to parameters. Runs from any number of threads at once (each with scopes of its
 * own), unless the graph changes its parameters, as training does.
 *
 * <p>Closing it leaves the parameters alone: several networks may share them.
 */
public final class Network implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Network.class.getName());
    private static final String LIST = "P[]";

    private final Graph graph;
    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final List<PtNDArray> parameters;

    private Network(Graph graph, PtNDManager manager, PtSymbolBlock block, List<PtNDArray> parameters) {
        this.graph = graph;
        this.manager = manager;
        this.block = block;
        this.parameters = parameters;
    }

    /**
     * Loads a graph and binds it. One that trains in bfloat16 will run on one thread where more would crash the process.
     *
     * @throws IllegalArgumentException if a parameter is missing or has another shape than the graph declares
     */
    public static Network load(Graph graph, Parameters parameters) {
        List<PtNDArray> arrays = new ArrayList<>();
        for (Declaration declaration : graph.declarations()) {
            PtNDArray array = parameters.require(declaration).array();
            array.setName(LIST);
            arrays.add(array);
        }
        if (graph.onOneThread() && Torch.threads() > 1) {
            LOG.log(
                    Level.INFO,
                    "{0}: a run that trains in bf16 takes one thread here, because oneDNN crashes on AMX with more; in fp32 it takes all {1}",
                    graph.name(),
                    Torch.threads());
        }
        Torch.prepareThread(false);
        Scope scope = Scope.open();
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule(scope.manager(), new ByteArrayInputStream(graph.archive()), false, false);
            return new Network(graph, scope.manager(), block, arrays);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the computation.
     *
     * @param scope  owns the results
     * @param inputs in the order of {@link Graph#inputs()}
     * @return in the order of {@link Graph#outputs()}
     */
    public List<DeviceTensor> run(Scope scope, DeviceTensor... inputs) {
        if (inputs.length != graph.inputs().size()) {
            throw new IllegalArgumentException(
                    graph.name() + " takes " + graph.inputs() + ", given are " + inputs.length);
        }
        NDList arguments = new NDList(parameters.size() + inputs.length + 1);
        arguments.add(scope.selector());
        arguments.addAll(parameters);
        for (DeviceTensor input : inputs) {
            input.array().setName(null);
            arguments.add(input.array());
        }
        // "training" only keeps results usable by later gradients; whether any are recorded is the thread's mode
        Supplier<NDList> forward = () -> IValueUtils.forward(block, arguments, true);
        NDList results =
                Torch.compute(graph.training(), graph.onOneThread() ? () -> Torch.onOneThread(forward) : forward);
        List<DeviceTensor> tensors = new ArrayList<>(results.size());
        for (NDArray result : results) {
            tensors.add(new DeviceTensor((PtNDArray) result));
        }
        // what follows the outputs only kept changes in place alive
        List<DeviceTensor> anchors = tensors.subList(graph.outputs().size(), tensors.size());
        anchors.forEach(DeviceTensor::close);
        anchors.clear();
        return tensors;
    }

    /** Runs a computation with one result. */
    public DeviceTensor apply(Scope scope, DeviceTensor... inputs) {
        List<DeviceTensor> results = run(scope, inputs);
        if (results.size() != 1) {
            throw new IllegalStateException(graph.name() + " has the results " + graph.outputs());
        }
        return results.get(0);
    }

    public Graph graph() {
        return graph;
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
