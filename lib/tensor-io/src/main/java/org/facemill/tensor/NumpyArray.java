package org.facemill.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** numpy.ndarray while a pickle builds it: made empty, then given shape, type and data. */
final class NumpyArray {
    private NumpyDtype dtype = new NumpyDtype("O");
    private long[] shape = {0};
    private boolean fortranOrder;
    private Object data = List.of();
    private boolean scalar;

    /** (version, shape, dtype, is Fortran order, bytes or list of objects) */
    void setState(Object[] state) {
        set((NumpyDtype) state[2], PickleGlobals.integers(state[1]), (Boolean) state[3], state[4]);
    }

    /** numpy.core.multiarray.scalar(dtype, bytes) */
    static NumpyArray scalar(Object[] a) {
        NumpyArray array = new NumpyArray();
        array.set((NumpyDtype) a[0], new long[0], false, a[1]);
        array.scalar = true;
        return array;
    }

    /** numpy.core.numeric._frombuffer(bytes, dtype, shape, "C" or "F"), which protocol 5 uses */
    static NumpyArray fromBuffer(Object[] a) {
        NumpyArray array = new NumpyArray();
        array.set((NumpyDtype) a[1], PickleGlobals.integers(a[2]), "F".equals(a[3]), a[0]);
        return array;
    }

    private void set(NumpyDtype type, long[] dims, boolean fortran, Object content) {
        dtype = type;
        shape = dims;
        fortranOrder = fortran;
        // Python 2 wrote bytes as str
        data = content instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : content;
    }

    /** Objects of an array of type object, empty for any other. */
    Optional<List<?>> objects() {
        return data instanceof List<?> list ? Optional.of(list) : Optional.empty();
    }

    /** Whether it is a single value of numpy's, such as numpy.int64 or numpy.str_. */
    boolean isScalar() {
        return scalar;
    }

    boolean isZeroDimensional() {
        return shape.length == 0;
    }

    /** A Tensor; text for arrays of text (List of String, or one); Long, Double or Boolean for scalars. */
    Object value(String file) throws IOException {
        NumpyType type = dtype.type();
        Object value = value(file, type, shape, fortranOrder, new Bytes.InMemory(ByteBuffer.wrap((byte[]) data)));
        if (scalar && value instanceof Tensor tensor) {
            return switch (tensor.dtype()) {
                case F16, BF16, F32, F64 -> (Object) tensor.doubles()[0];
                case BOOL -> tensor.longs()[0] != 0;
                case U8, I8, U16, I16, U32, I32, U64, I64 -> tensor.longs()[0];
            };
        }
        return value;
    }

    /** A Tensor, or text for arrays of text, from an array's plain data. */
    static Object value(String file, NumpyType type, long[] shape, boolean fortranOrder, Bytes data)
            throws IOException {
        if ("US".indexOf(type.kind()) >= 0 && fortranOrder && shape.length > 1) {
            throw new TensorFormatException(
                    file, "an array of text in Fortran order, which is not read; save numpy.ascontiguousarray of it");
        }
        return switch (type.kind()) {
            case 'U' ->
                texts(
                        file,
                        type,
                        shape,
                        type.size() * 4,
                        data,
                        Charset.forName(type.bigEndian() ? "UTF-32BE" : "UTF-32LE"));
            case 'S' -> texts(file, type, shape, type.size(), data, StandardCharsets.ISO_8859_1);
            default -> Npy.array(file, type, shape, fortranOrder, data);
        };
    }

    private static Object texts(String file, NumpyType type, long[] shape, int width, Bytes data, Charset charset)
            throws IOException {
        long count = Tensor.elements(shape);
        if (Math.multiplyExact(count, width) > data.size() || width == 0) {
            throw new TensorFormatException(
                    file,
                    count + " texts of " + type.size() + " characters do not fit into " + data.size()
                            + " bytes; is the file truncated?");
        }
        List<String> texts = new ArrayList<>();
        ByteBuffer item = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < count; i++) {
            data.read(i * width, item.clear());
            String padded = new String(item.array(), charset);
            int end = padded.length();
            while (end > 0 && padded.charAt(end - 1) == 0) {
                end--;
            }
            texts.add(padded.substring(0, end));
        }
        return shape.length == 0 ? texts.get(0) : texts;
    }
}
