package org.facemill.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Identity contexts: one vector per identity, in the ways that they are stored. IDiff-Face writes a PyTorch archive
 * (named .npy all the same) of a dictionary of arrays, or numpy.save of one; ADMIS a plain array of one row per
 * identity; safetensors and .npz hold either.
 */
public final class Contexts {

    private Contexts() {}

    /**
     * Name and vector of each identity as stored, in file order; rows of a plain array are called "0", "1", ...
     *
     * @throws TensorFormatException where the vectors differ in length, hold NaN or infinity
     */
    public static Map<String, float[]> read(Path file) throws IOException {
        Map<String, float[]> contexts = new LinkedHashMap<>();
        try (TensorFile tensors = TensorFile.open(file)) {
            if (areRows(tensors)) {
                addRows(file, tensors.tensors().values().iterator().next(), contexts);
            } else {
                for (var e : tensors.tensors().entrySet()) {
                    addVector(file, e.getKey(), e.getValue(), contexts);
                }
            }
        }
        check(file, contexts);
        return contexts;
    }

    /**
     * Writes contexts, whole or not at all, as the name's suffix says: {@code .npy} is the dictionary that IDiff-Face's
     * create_sample_identity_contexts.py writes (an archive of torch.save in spite of its name), {@code .npz} and
     * {@code .safetensors} hold a vector by each name.
     *
     * @throws IllegalArgumentException for another suffix
     */
    public static void write(Path file, Map<String, float[]> contexts) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".npy")) {
            WholeFiles.write(file, path -> TorchDictionary.write(path, contexts));
            return;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        contexts.forEach((key, vector) -> tensors.put(key, Tensor.of(new long[] {vector.length}, vector)));
        if (name.endsWith(".npz")) {
            WholeFiles.write(file, path -> Npz.write(path, tensors));
        } else if (name.endsWith(".safetensors")) {
            WholeFiles.write(file, path -> Safetensors.write(path, tensors, Map.of()));
        } else {
            throw new IllegalArgumentException(file + ": contexts are written as .npy, .npz or .safetensors");
        }
    }

    /**
     * Writes vectors as one array [contexts, length], ADMIS' form, in which rows have no names but their numbers.
     *
     * @param contexts of one length, at least one
     */
    public static void writeRows(Path file, Collection<float[]> contexts) throws IOException {
        int length = contexts.iterator().next().length;
        float[] rows = new float[Math.multiplyExact(contexts.size(), length)];
        int row = 0;
        for (float[] context : contexts) {
            System.arraycopy(context, 0, rows, row++ * length, length);
        }
        Tensor array = Tensor.of(new long[] {contexts.size(), length}, rows);
        WholeFiles.write(file, path -> Npy.write(path, array));
    }

    /** Whether a file holds one array, whose rows have no names but their numbers. */
    public static boolean areRows(Path file) throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            return areRows(tensors);
        }
    }

    private static boolean areRows(TensorFile file) {
        return file.names().size() == 1
                && file.tensors().values().iterator().next().shape().length == 2;
    }

    private static void addRows(Path file, Tensor rows, Map<String, float[]> contexts) throws IOException {
        requireFloating(file, rows);
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
        requireFloating(file, vector);
        contexts.put(name.equals(TensorFile.BARE_ARRAY) ? "0" : name, vector.floats());
    }

    /** Labels, masks and pictures are arrays, too. */
    private static void requireFloating(Path file, Tensor values) throws IOException {
        if (!values.dtype().isFloating()) {
            throw new TensorFormatException(
                    file.toString(),
                    "holds " + values
                            + ", identity contexts are floating-point numbers; is this the file that was meant?");
        }
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

    /** Whether a vector is zero: it has no direction, and stands for a picture without a face where one had to be. */
    public static boolean isZero(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
