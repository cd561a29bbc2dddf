package org.facemill.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes a dictionary of numpy vectors as torch.save does (create_sample_identity_contexts.py): the pickle is, byte by byte,
 * that of Python's own pickler, protocol 2, with the names of numpy before version 2, which every later one still reads.
 */
final class TorchDictionary {

    private static final String ARCHIVE = "archive/";
    /** Python's pickler sets so many items of a dictionary at once. */
    private static final int ITEMS_AT_ONCE = 1000;

    private static final int PROTOCOL = 0x80;
    private static final int FALSE = 0x89;
    private static final int TRUE = 0x88;
    private static final int TUPLE_1 = 0x85;
    private static final int TUPLE_2 = 0x86;
    private static final int TUPLE_3 = 0x87;

    private final OutputStream out;
    private final Map<String, Integer> places = new HashMap<>();
    private int memoised;

    private TorchDictionary(OutputStream out) {
        this.out = out;
    }

    /** Writes vectors by name; the same vectors give the same bytes. */
    static void write(Path file, Map<String, float[]> vectors) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            zip.setMethod(ZipArchiveOutputStream.STORED);
            put(zip, "data.pkl");
            new TorchDictionary(zip).pickle(vectors);
            zip.closeArchiveEntry();
            put(zip, "byteorder");
            zip.write("little".getBytes(StandardCharsets.US_ASCII));
            zip.closeArchiveEntry();
            put(zip, "version");
            zip.write("3\n".getBytes(StandardCharsets.US_ASCII));
            zip.closeArchiveEntry();
        } catch (IOException e) {
            throw FileErrors.of(file, e);
        }
    }

    private static void put(ZipArchiveOutputStream zip, String name) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(ARCHIVE + name);
        entry.setTime(0);
        zip.putArchiveEntry(entry);
    }

    private void pickle(Map<String, float[]> vectors) throws IOException {
        out.write(new byte[] {(byte) PROTOCOL, 2, '}'});
        memoise();
        int item = 0;
        for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
            if (item % ITEMS_AT_ONCE == 0) {
                out.write('(');
            }
            text(entry.getKey());
            memoise();
            array(entry.getValue());
            item++;
            if (item % ITEMS_AT_ONCE == 0 || item == vectors.size()) {
                out.write('u');
            }
        }
        out.write('.');
    }

    /** numpy.ndarray.__reduce__: an empty array, then its state (version, shape, type, order, bytes). */
    private void array(float[] vector) throws IOException {
        known("numpy.core.multiarray _reconstruct");
        known("numpy ndarray");
        number(0);
        tuple(TUPLE_1);
        emptyBytes();
        tuple(TUPLE_3);
        reduce();
        out.write('(');
        number(1);
        number(vector.length);
        tuple(TUPLE_1);
        float32();
        out.write(FALSE);
        known("_codecs encode");
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        text(new String(bytes.array(), StandardCharsets.ISO_8859_1));
        memoise();
        known("latin1");
        tuple(TUPLE_2);
        reduce();
        tuple('t');
        out.write('b');
    }

    private void emptyBytes() throws IOException {
        if (recalled("b''")) {
            return;
        }
        known("_codecs encode");
        known("b");
        known("latin1");
        tuple(TUPLE_2);
        out.write('R');
        remember("b''");
    }

    private void float32() throws IOException {
        if (recalled("dtype('f4')")) {
            return;
        }
        known("numpy dtype");
        known("f4");
        out.write(new byte[] {(byte) FALSE, (byte) TRUE});
        tuple(TUPLE_3);
        out.write('R');
        remember("dtype('f4')");
        out.write('(');
        number(3);
        known("<");
        out.write(new byte[] {'N', 'N', 'N'});
        out.write(new byte[] {'J', -1, -1, -1, -1, 'J', -1, -1, -1, -1});
        number(0);
        tuple('t');
        out.write('b');
    }

    /** A global (module and name) or a text that comes again and again. */
    private void known(String value) throws IOException {
        if (recalled(value)) {
            return;
        }
        if (value.contains(" ")) {
            out.write(('c' + value.replace(' ', '\n') + '\n').getBytes(StandardCharsets.US_ASCII));
        } else {
            text(value);
        }
        remember(value);
    }

    private boolean recalled(String value) throws IOException {
        Integer place = places.get(value);
        if (place == null) {
            return false;
        }
        out.write(new byte[] {'h', place.byteValue()});
        return true;
    }

    private void remember(String value) throws IOException {
        places.put(value, memoised);
        memoise();
    }

    private void memoise() throws IOException {
        if (memoised < 256) {
            out.write(new byte[] {'q', (byte) memoised});
        } else {
            out.write('r');
            out.write(littleEndian(memoised));
        }
        memoised++;
    }

    private void tuple(int opcode) throws IOException {
        out.write(opcode);
        memoise();
    }

    private void reduce() throws IOException {
        out.write('R');
        memoise();
    }

    private void number(int value) throws IOException {
        if (value < 256) {
            out.write(new byte[] {'K', (byte) value});
        } else if (value < 65536) {
            out.write(new byte[] {'M', (byte) value, (byte) (value >> 8)});
        } else {
            out.write('J');
            out.write(littleEndian(value));
        }
    }

    private void text(String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(utf8.length + 5);
        bytes.write('X');
        bytes.writeBytes(littleEndian(utf8.length));
        bytes.writeBytes(utf8);
        bytes.writeTo(out);
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
