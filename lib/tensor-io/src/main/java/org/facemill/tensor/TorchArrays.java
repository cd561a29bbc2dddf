package org.facemill.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes one numpy array as torch.save does (zip format), so that torch.load gives it back: the layout of IDiff-Face's
 * embeddings and labels, which encode.py calls {@code embeddings.npy} and {@code labels.npy} all the same. The same array gives
 * the same bytes.
 */
public final class TorchArrays {

    private static final String FOLDER = "archive/";
    private static final Charset UTF_32 = Charset.forName("UTF-32LE");

    /** The end of the array's state and of the pickle: TUPLE, BUILD, STOP. */
    private static final byte[] TAIL = {'t', 'b', '.'};

    private TorchArrays() {}

    /** Writes numbers. */
    public static void write(Path file, Tensor array) throws IOException {
        write(file, array.shape(), NumpyType.descr(array.dtype()), 0, array.byteSize(), array::writeTo);
    }

    /** Writes an array of texts, each padded to the longest. */
    public static void write(Path file, List<String> texts) throws IOException {
        int longest = Math.max(
                1,
                texts.stream()
                        .mapToInt(text -> text.codePointCount(0, text.length()))
                        .max()
                        .orElse(1));
        int width = 4 * longest;
        write(file, new long[] {texts.size()}, "<U" + longest, width, (long) width * texts.size(), out -> {
            for (String text : texts) {
                byte[] item = new byte[width];
                byte[] letters = text.getBytes(UTF_32);
                System.arraycopy(letters, 0, item, 0, letters.length);
                out.write(item);
            }
        });
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(Path file, long[] shape, String type, int textWidth, long bytes, Content content)
            throws IOException {
        byte[] head = head(shape, type, textWidth, bytes);
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            zip.setMethod(ZipArchiveOutputStream.STORED);
            add(zip, "data.pkl", head.length + bytes + TAIL.length, out -> {
                out.write(head);
                content.writeTo(out);
                out.write(TAIL);
            });
            byte[] version = "3\n".getBytes(StandardCharsets.US_ASCII);
            add(zip, "version", version.length, out -> out.write(version));
        } catch (IOException e) {
            throw FileErrors.of(file, e);
        }
    }

    private static void add(ZipArchiveOutputStream zip, String name, long size, Content content) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        content.writeTo(checked);
        ZipArchiveEntry entry = new ZipArchiveEntry(FOLDER + name);
        entry.setTime(0);
        entry.setSize(size);
        entry.setCrc(checked.getChecksum().getValue());
        zip.putArchiveEntry(entry);
        content.writeTo(zip);
        zip.closeArchiveEntry();
    }

    /**
     * The pickle (protocol 4) up to the array's bytes: {@code _reconstruct(ndarray, (0,), b'b')}, then its state
     * {@code (1, shape, dtype, False, bytes)}.
     */
    private static byte[] head(long[] shape, String type, int textWidth, long bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 4});
        global(out, "numpy.core.multiarray", "_reconstruct");
        global(out, "numpy", "ndarray");
        out.writeBytes(new byte[] {'K', 0, (byte) 0x85, 'C', 1, 'b', (byte) 0x87, 'R'});
        out.writeBytes(new byte[] {'(', 'K', 1, '('});
        for (long dimension : shape) {
            number(out, dimension);
        }
        out.write('t');
        dtype(out, type, textWidth);
        out.write(0x89);
        out.write(0x8E);
        out.writeBytes(littleEndian(8).putLong(bytes).array());
        return out.toByteArray();
    }

    /** {@code dtype('f4', False, True)} with the state (3, byte order, no fields, their sizes: -1 where the type says it). */
    private static void dtype(ByteArrayOutputStream out, String type, int textWidth) {
        global(out, "numpy", "dtype");
        text(out, type.substring(1));
        out.writeBytes(new byte[] {(byte) 0x89, (byte) 0x88, (byte) 0x87, 'R', '(', 'K', 3});
        text(out, type.substring(0, 1));
        out.writeBytes(new byte[] {'N', 'N', 'N'});
        number(out, textWidth == 0 ? -1 : textWidth);
        number(out, textWidth == 0 ? -1 : 4);
        number(out, textWidth == 0 ? 0 : 8);
        out.writeBytes(new byte[] {'t', 'b'});
    }

    private static void global(ByteArrayOutputStream out, String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(littleEndian(4).putInt(letters.length).array());
        out.writeBytes(letters);
    }

    private static void number(ByteArrayOutputStream out, long value) {
        out.write('J');
        out.writeBytes(littleEndian(4).putInt(Math.toIntExact(value)).array());
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
