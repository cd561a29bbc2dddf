package org.facemill.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Identity contexts: one vector per identity, in the ways that they are stored. IDiff-Face writes a PyTorch archive
 * (named .npy all the same) of a dictionary of arrays, or numpy.save of one; ADMIS a plain array of one row per
 * identity; safetensors and .npz hold either.
 */
public final class Contexts {

    private Contexts() {}

    /** What happens to the vectors as they are read. */
    public enum Scale {
        /** As stored. IDiff-Face samples with the vectors as they are. */
        AS_STORED,
        /** Divided by their L2 norm. ADMIS stores them unnormalised and does this before sampling. */
        UNIT
    }

    /**
     * Name and vector of each identity, in file order; rows of a plain array are called "0", "1", ...
     *
     * @throws TensorFormatException where the vectors differ in length, hold NaN or infinity, or a zero vector should be
     *                               scaled to unit length
     */
    public static Map<String, float[]> read(Path file, Scale scale) throws IOException {
        Map<String, float[]> contexts = new LinkedHashMap<>();
        try (TensorFile tensors = TensorFile.open(file)) {
            if (tensors.names().size() == 1
                    && tensors.tensors().values().iterator().next().shape().length == 2) {
                addRows(tensors.tensors().values().iterator().next(), contexts);
            } else {
                for (var e : tensors.tensors().entrySet()) {
                    addVector(file, e.getKey(), e.getValue(), contexts);
                }
            }
        }
        check(file, contexts);
        if (scale == Scale.UNIT) {
            for (var e : contexts.entrySet()) {
                scaleToUnit(file, e.getKey(), e.getValue());
            }
        }
        return contexts;
    }

    private static void addRows(Tensor rows, Map<String, float[]> contexts) {
        for (long i = 0; i < rows.shape()[0]; i++) {
            contexts.put(Long.toString(i), rows.part(i).floats());
        }
    }

    private static void addVector(Path file, String name, Tensor vector, Map<String, float[]> contexts)
            throws IOException {
        if (vector.shape().length != 1) {
            throw new TensorFormatException(
                    file.toString(),
                    "`" + name + "` is " + vector + ", no vector; is this a file of " + "identity contexts?");
        }
        contexts.put(name.equals(TensorFile.BARE_ARRAY) ? "0" : name, vector.floats());
    }

    private static void check(Path file, Map<String, float[]> contexts) throws TensorFormatException {
        if (contexts.isEmpty()) {
            throw new TensorFormatException(file.toString(), "holds no identity context");
        }
        int length = contexts.values().iterator().next().length;
        for (var e : contexts.entrySet()) {
            if (e.getValue().length != length) {
                throw new TensorFormatException(
                        file.toString(),
                        "the context `" + e.getKey() + "` has " + e.getValue().length + " values, the first has "
                                + length);
            }
            for (float v : e.getValue()) {
                if (!Float.isFinite(v)) {
                    throw new TensorFormatException(file.toString(), "the context `" + e.getKey() + "` holds " + v);
                }
            }
        }
    }

    private static void scaleToUnit(Path file, String name, float[] vector) throws TensorFormatException {
        double squares = 0;
        for (float v : vector) {
            squares += (double) v * v;
        }
        if (squares == 0) {
            throw new TensorFormatException(
                    file.toString(), "the context `" + name + "` is the zero vector, which has no direction");
        }
        float norm = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= norm;
        }
    }
}
