package org.facemill.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.facemill.tensor.DType;

/**
 * A recorded computation: TorchScript text and what it needs. Holds no tensors and can be shared freely.
 *
 * @param name         for messages
 * @param script       the TorchScript class
 * @param declarations parameters in the order of the script's list {@code P}
 * @param inputs       names of the further arguments
 * @param outputs      names of the results
 * @param dtype        what its layers compute in
 * @param training     whether it takes gradients and may change its parameters
 */
public record Graph(
        String name,
        String script,
        List<Declaration> declarations,
        List<String> inputs,
        List<String> outputs,
        DType dtype,
        boolean training) {
    /** The archive format's version up to which operators have today's meaning; older ones would be converted. */
    private static final String FORMAT_VERSION = "10\n";

    /**
     * Whether it runs on one thread only: oneDNN's weight gradients of bfloat16 convolutions crash on AMX with more, and the
     * process with them.
     */
    boolean onOneThread() {
        return training && dtype == DType.BF16 && Torch.hasMatrixTiles();
    }

    /**
     * How many runs of it at once keep the processor busy: 1 where a run takes all threads.
     */
    public int runsAtOnce() {
        return onOneThread() ? Torch.threads() : 1;
    }

    /** The archive that {@code torch.jit.load} reads, here and in Python. */
    public byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "network/data.pkl", module());
            put(zip, "network/code/__torch__.py", script.getBytes(StandardCharsets.UTF_8));
            put(zip, "network/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "network/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
            put(zip, "network/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes {@link #archive()}. */
    public void write(Path file) throws IOException {
        Files.write(file, archive());
    }

    /** The pickled module object, whose only attribute is {@code training = False}. */
    private static byte[] module() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        pickle.writeBytes("c__torch__\nNetwork\n".getBytes(StandardCharsets.US_ASCII));
        byte[] name = "training".getBytes(StandardCharsets.US_ASCII);
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', (byte) name.length, 0, 0, 0});
        pickle.writeBytes(name);
        pickle.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    /** Stored, not deflated: libtorch maps the entries. */
    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
