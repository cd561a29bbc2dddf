package org.facemill.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** numpy's .npy format, versions 1 to 3 (numpy.lib.format). */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;
    private static final Pattern HEADER = Pattern.compile("\\{\\s*'descr':\\s*'([^']+)',\\s*"
            + "'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([\\d,\\s]*)\\),?\\s*\\}\\s*");

    private Npy() {}

    /** What stands before the data: numpy's type string, order of axes, shape, and where the data starts. */
    record Header(String descr, boolean fortranOrder, long[] shape, long dataStart) {}

    /** The array in {@code file}, held in memory. For large ones use {@link TensorFile#open}. */
    public static Tensor read(Path file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        if (value(file.toString(), new Bytes.InMemory(all)) instanceof Tensor tensor) {
            return tensor;
        }
        throw new TensorFormatException(file.toString(), "holds no plain array of numbers; open it as a TensorFile");
    }

    static boolean isNpy(ByteBuffer start) {
        return start.remaining() >= MAGIC.length
                && start.slice(start.position(), MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    static TensorFile.Content content(String name, Bytes file) throws IOException {
        Leaves leaves = new Leaves(name);
        leaves.add("", value(name, file));
        return leaves.content(TensorFile.Format.NPY);
    }

    /** The array as a Tensor; text for arrays of text; for arrays of objects what {@link SafePickle} reads. */
    static Object value(String name, Bytes file) throws IOException {
        Header header = header(name, file);
        NumpyType type = NumpyType.parse(header.descr)
                .orElseThrow(
                        () -> new TensorFormatException(name, "numpy type '" + header.descr + "' is not understood"));
        Bytes data = slice(name, file, header.dataStart, file.size() - header.dataStart);
        return type.kind() == 'O'
                ? SafePickle.read(name, data.buffer())
                : NumpyArray.value(name, type, header.shape, header.fortranOrder, data);
    }

    /** The tensor over {@code data}, which starts with the elements of a numpy array. */
    static Tensor array(String name, NumpyType type, long[] shape, boolean fortranOrder, Bytes data)
            throws IOException {
        DType dtype = type.dtype()
                .orElseThrow(() -> new TensorFormatException(
                        name,
                        "numpy type '" + type.order() + type.kind() + type.size()
                                + "' is none that a tensor can hold"));
        long size;
        try {
            size = Math.multiplyExact(Tensor.elements(shape), dtype.size());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new TensorFormatException(name, "impossible shape " + Arrays.toString(shape), e);
        }
        Bytes content = slice(name, data, 0, size);
        if (type.bigEndian() && dtype.size() > 1) {
            content = new Bytes.Swapped(content, dtype.size());
        }
        if (fortranOrder && shape.length > 1) {
            long[] stride = new long[shape.length];
            long step = 1;
            for (int i = 0; i < shape.length; i++) {
                stride[i] = step;
                step *= shape[i];
            }
            content = new Bytes.Strided(content, dtype.size(), 0, shape, stride);
        }
        return new Tensor(dtype, shape, content);
    }

    private static Bytes slice(String name, Bytes bytes, long from, long length) throws IOException {
        if (from + length > bytes.size()) {
            throw new TensorFormatException(
                    name,
                    "the data end after " + (bytes.size() - from) + " bytes, the header promises " + length
                            + "; is the file truncated?");
        }
        return bytes.slice(from, length);
    }

    static Header header(String name, Bytes file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(12, file.size())).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, start);
        start.flip();
        if (!isNpy(start) || start.remaining() < 12) {
            throw new TensorFormatException(name, "no numpy array: the magic number is missing");
        }
        boolean longHeader = start.get(6) >= 2;
        int at = longHeader ? 12 : 10;
        long length = longHeader ? start.getInt(8) & 0xFFFFFFFFL : start.getShort(8) & 0xFFFF;
        if (length > MAX_HEADER || at + length > file.size()) {
            throw new TensorFormatException(name, "numpy header of " + length + " bytes; is the file truncated?");
        }
        ByteBuffer text = ByteBuffer.allocate((int) length);
        file.read(at, text);
        Matcher m = HEADER.matcher(new String(text.array(), StandardCharsets.UTF_8));
        if (!m.matches()) {
            throw new TensorFormatException(
                    name,
                    "numpy header not understood (structured types are not supported): "
                            + new String(text.array(), StandardCharsets.UTF_8).strip());
        }
        return new Header(m.group(1), m.group(2).equals("True"), shape(name, m.group(3)), at + length);
    }

    private static long[] shape(String name, String text) throws TensorFormatException {
        try {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new TensorFormatException(name, "impossible shape (" + text + ")", e);
        }
    }

    /** Writes version 1.0, as {@code numpy.save} does. */
    public static void write(Path file, Tensor tensor) throws IOException {
        try (OutputStream out = FileErrors.open(file)) {
            write(out, tensor);
        }
    }

    static void write(OutputStream out, Tensor tensor) throws IOException {
        String dims = Arrays.stream(tensor.shape()).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
        if (tensor.shape().length > 1) {
            dims = dims.substring(0, dims.length() - 1);
        }
        String dict = "{'descr': '" + NumpyType.descr(tensor.dtype()) + "', 'fortran_order': False, 'shape': (" + dims
                + "), }";
        int padding = 63 - (10 + dict.length()) % 64;
        byte[] text = (dict + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
        out.write(text);
        tensor.writeTo(out);
    }
}
