package org.facemill.diffusion.training;

import java.util.List;
import org.facemill.tensor.DType;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Init;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.facemill.torch.Value;

/**
 * What of a context shows in a sample, by linear regression there and back. A row r of a context's projection reads r c;
 * the samples tell of it the estimate r C_cz C_zz^-1 z, and that, regressed on contexts again, is r C_cz C_zz^-1 C_zc C_cc^-1 c.
 * Directions that leave no trace in samples vanish (their canonical correlation is 0), those that show stay. A denoiser whose
 * projection starts with such rows need not search them among hundreds of others.
 */
final class ContextRegression {
    private static final int CHUNK = 512;
    /** More numbers of a sample than these are averaged over squares: the covariance has their square. */
    private static final int MOST_NUMBERS = 4096;
    /** So few samples for each of the numbers would let chance pass for correlation. */
    private static final int LEAST_SAMPLES = 8;
    /** Shares of the mean variance that are added to each variance. */
    private static final double RIDGE = 0.01;

    private static final List<String> SUMS = List.of("zz", "zc", "cc", "z", "c");

    private ContextRegression() {}

    /** Replaces the rows of a projection [width, length] by their regressions, scaled to the same variance over the set's contexts. */
    static void apply(Parameters parameters, String projection, TrainingSet set) {
        try (Parameters sums = sums(set);
                Scope scope = Scope.open()) {
            DeviceTensor random = parameters.get(projection);
            Graph graph = regression(set, random.shape());
            try (Network network = Network.load(graph, sums)) {
                parameters.put(projection, network.apply(scope, random));
            }
        }
    }

    private static Parameters sums(TrainingSet set) {
        Graph graph = accumulation(set);
        Parameters sums = Parameters.initialise(graph, 0);
        long[] shape = set.shape();
        int size = Math.toIntExact(shape[0] * shape[1] * shape[2]);
        try (Network network = Network.load(graph, sums)) {
            for (int from = 0; from < set.size(); from += CHUNK) {
                int count = Math.min(CHUNK, set.size() - from);
                float[] samples = new float[count * size];
                float[] contexts = new float[count * set.contextLength()];
                for (int i = 0; i < count; i++) {
                    set.sample(from + i, samples, i * size);
                    set.context(from + i, contexts, i * set.contextLength());
                }
                try (Scope scope = Scope.open()) {
                    network.run(
                            scope,
                            scope.floats(samples, count, shape[0], shape[1], shape[2]),
                            scope.floats(contexts, count, set.contextLength()));
                }
            }
            return sums;
        } catch (RuntimeException | Error e) {
            sums.close();
            throw e;
        }
    }

    private static Graph accumulation(TrainingSet set) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        int square = square(set);
        Value samples = recorder.input("samples");
        Value z = (square == 1 ? samples : samples.avgPool2d(square, square)).flatten(1);
        Value c = recorder.input("contexts");
        Value zt = z.transpose(0, 1);
        recorder.effect(
                "torch._foreach_add_",
                buffers(recorder, set),
                List.of(zt.matmul(z), zt.matmul(c), c.transpose(0, 1).matmul(c), z.sum(0, true), c.sum(0, true)));
        // a graph has a result; what counts is what it adds up
        recorder.output("total", z.sum());
        return recorder.finish("sums of samples and contexts");
    }

    private static Graph regression(TrainingSet set, long[] shape) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        List<Value> sums = buffers(recorder, set);
        Value z = sums.get(3).div(set.size());
        Value c = sums.get(4).div(set.size());
        Value zz = ridged(covariance(sums.get(0), z, z, set.size()), set);
        Value zc = covariance(sums.get(1), z, c, set.size());
        Value cc = ridged(covariance(sums.get(2), c, c, set.size()), set);
        Value shown = zc.transpose(0, 1).matmul(recorder.op("torch.linalg_solve", zz, zc));
        Value rows = recorder.input("rows");
        Value regressed = recorder.op(
                        "torch.linalg_solve", cc, rows.matmul(shown).transpose(0, 1))
                .transpose(0, 1);
        recorder.output(
                "regressed",
                regressed
                        .mul(variance(rows, cc).div(variance(regressed, cc)).sqrt())
                        .contiguous());
        return recorder.finish("regression of contexts on samples");
    }

    private static List<Value> buffers(Recorder recorder, TrainingSet set) {
        long[] shape = set.shape();
        int square = square(set);
        long samples = shape[0] * (shape[1] / square) * (shape[2] / square);
        long contexts = set.contextLength();
        return SUMS.stream()
                .map(name -> recorder.buffer(
                        name,
                        DType.F32,
                        Init.ZEROS,
                        switch (name) {
                            case "zz" -> new long[] {samples, samples};
                            case "zc" -> new long[] {samples, contexts};
                            case "cc" -> new long[] {contexts, contexts};
                            case "z" -> new long[] {1, samples};
                            default -> new long[] {1, contexts};
                        }))
                .toList();
    }

    private static int square(TrainingSet set) {
        long[] shape = set.shape();
        long most = Math.min(MOST_NUMBERS, set.size() / LEAST_SAMPLES);
        long edge = Math.min(shape[1], shape[2]);
        int square = 1;
        while (square < edge && shape[0] * (shape[1] / square) * (shape[2] / square) > most) {
            square++;
        }
        return square;
    }

    private static Value covariance(Value sum, Value left, Value right, int count) {
        return sum.div(count).sub(left.transpose(0, 1).matmul(right));
    }

    private static Value ridged(Value covariance, TrainingSet set) {
        Value variances = covariance.recorder().op("torch.diagonal", covariance);
        return covariance.add(covariance
                .recorder()
                .op("torch.diag_embed", variances.mul(0).add(variances.mean().mul(RIDGE))));
    }

    /** Mean over rows of what they read of contexts. */
    private static Value variance(Value rows, Value covariance) {
        return rows.matmul(covariance).mul(rows).sum(1, false).mean();
    }
}
