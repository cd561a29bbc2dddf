package org.facemill.tensor;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Access to the golden numbers: what the original PyTorch code computed. Their folder is the system property
 * {@code facemill.golden}. Where it is absent, the part of them that lies in this repository serves, and a test that needs
 * the rest is skipped and says so; where the environment has CI=true it fails.
 */
public final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** A file or folder of the golden set; {@code relative} is for example {@code 05_sampling/ddim_10/x_0.npy}. */
    public static Path path(String relative) {
        Path root = Path.of(System.getProperty("facemill.golden", "../shared/golden"));
        if (Files.isDirectory(root)) {
            return root.resolve(relative);
        }
        String reason = "golden numbers absent at " + root.toAbsolutePath().normalize()
                + "; point the system property facemill.golden at them";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        Path committed = Path.of(System.getProperty("facemill.root", "."), "lib/tensor-io/src/test/golden", relative);
        if (!Files.exists(committed)) {
            abort(reason);
        }
        return committed;
    }

    public static boolean exists(String relative) {
        return Files.exists(path(relative));
    }

    /** The content of a .npy file as float, row-major. */
    public static float[] floats(String npy) {
        return tensor(npy).floats();
    }

    /** The content of a .npy file as double, row-major. */
    public static double[] doubles(String npy) {
        return tensor(npy).doubles();
    }

    /** The content of an integer or boolean .npy file, row-major. */
    public static long[] longs(String npy) {
        return tensor(npy).longs();
    }

    public static long[] shape(String npy) {
        return tensor(npy).shape();
    }

    public static Tensor tensor(String npy) {
        try {
            return Npy.read(path(npy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String file) {
        try {
            return JSON.readTree(path(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The entries of a state dict that a fill.json describes, in its order. Entries marked {@code keep} (schedule
     * buffers that the model computes itself) are left out.
     */
    public static Map<String, Filled> filled(String fillJson) {
        Map<String, Filled> entries = new LinkedHashMap<>();
        for (JsonNode e : json(fillJson).get("entries")) {
            if (!e.get(3).isTextual()) {
                String name = e.get(0).textValue();
                long[] shape = JSON.convertValue(e.get(1), long[].class);
                DType dtype = e.get(2).textValue().equals("int64") ? DType.I64 : DType.F32;
                entries.put(
                        name,
                        new Filled(
                                name,
                                dtype,
                                shape,
                                e.get(3).doubleValue(),
                                e.get(4).doubleValue()));
            }
        }
        return entries;
    }

    /** One entry, uniform in {@code centre} ± {@code amplitude}; its values are computed when asked for. */
    public record Filled(String name, DType dtype, long[] shape, double centre, double amplitude) {

        /** splitmix64 seeded with FNV-1a of the name; the formula stands in every fill.json under "spec". */
        public float[] values() {
            long seed = 0xcbf29ce484222325L;
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                seed = (seed ^ (b & 0xFF)) * 0x100000001b3L;
            }
            float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
            for (int i = 0; i < values.length; i++) {
                long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
                z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
                z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
                z ^= z >>> 31;
                double u = (z >>> 11) * 0x1p-53;
                values[i] = (float) (centre + amplitude * (2 * u - 1));
            }
            return values;
        }

        public Tensor tensor() {
            return dtype == DType.I64
                    ? Tensor.of(shape, new long[Math.toIntExact(Tensor.elements(shape))])
                    : Tensor.of(shape, values());
        }
    }
}
