package org.facemill.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A file of named tensors: a PyTorch checkpoint (zip or legacy), safetensors, .npy or .npz. The format is told by the
 * content, never by the name: published files end in .npy and are PyTorch archives. Opening reads names, shapes and
 * places; content is read when a tensor is asked for it, and until the file is closed. Files may be larger than 2 GB.
 *
 * <p>Nested dictionaries and lists are flattened, their keys joined by dots ({@code state_dict.conv.weight},
 * {@code state.0.exp_avg}). A file that holds one bare array names it {@link #BARE_ARRAY}. Nothing in a file is
 * executed; see {@link SafePickle}.
 */
public final class TensorFile implements AutoCloseable {
    /** The name of an array that its file does not name. */
    public static final String BARE_ARRAY = "array";

    /** How a file was written. */
    public enum Format {
        SAFETENSORS,
        NPY,
        NPZ,
        TORCH_ZIP,
        TORCH_LEGACY,
        PICKLE
    }

    /** What a reader found: tensors and all other leaves, in file order. */
    record Content(Format format, Map<String, Tensor> tensors, Map<String, Object> values) {}

    private final Path path;
    private final FileChannel channel;
    private final Content content;

    private TensorFile(Path path, FileChannel channel, Content content) {
        this.path = path;
        this.channel = channel;
        this.content = content;
    }

    /**
     * Opens {@code file}.
     *
     * @throws TensorFormatException where it is none of the formats, is damaged, or wants something that is not
     *                               allowed; the message names file, expectation and remedy
     */
    public static TensorFile open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, expected a file of tensors");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new TensorFile(file, channel, read(file, new Bytes.InFile(channel, 0, channel.size())));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static Content read(Path path, Bytes.InFile file) throws IOException {
        String name = path.toString();
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(9, file.size())).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, start);
        start.flip();
        if (Npy.isNpy(start)) {
            return Npy.content(name, file);
        }
        if (start.remaining() >= 4 && start.getShort(0) == 0x4B50) {
            Map<String, Bytes> entries = ZipEntries.read(path, file);
            return TorchZip.holds(entries) ? TorchZip.content(name, entries) : Npz.content(name, entries);
        }
        boolean pickle = start.remaining() >= 2 && (start.get(0) & 0xFF) == 0x80;
        // the length of a safetensors header may well begin with the byte of a pickle
        if (start.remaining() == 9 && start.get(8) == '{' && !(pickle && start.getLong(0) > file.size())) {
            return Safetensors.content(name, file);
        }
        if (pickle) {
            return TorchLegacy.content(name, file);
        }
        throw new TensorFormatException(name, "neither PyTorch, safetensors, .npy nor .npz; " + guess(file));
    }

    /** What a file that is none of the formats may be. */
    private static String guess(Bytes.InFile file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(64, file.size()));
        file.read(0, start);
        String text =
                StandardCharsets.ISO_8859_1.decode(start.flip()).toString().stripLeading();
        if (text.isEmpty()) {
            return "the file is empty";
        } else if (text.startsWith("version https://git-lfs.github.com")) {
            return "it is a Git LFS pointer in place of the file: fetch that with `git lfs pull`";
        } else if (text.startsWith("<")) {
            return "it is a web page, such as a download leaves that failed";
        }
        return "is it complete, and the file that was meant?";
    }

    public Path path() {
        return path;
    }

    public Format format() {
        return content.format;
    }

    /** Names of all tensors, in file order. */
    public Set<String> names() {
        return tensors().keySet();
    }

    /** All tensors by name, in file order. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(content.tensors);
    }

    /** Every leaf that is no tensor (String, Long, Double, Boolean, byte[], List of these), in file order. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(content.values);
    }

    /** The tensor called {@code name}. */
    public Tensor get(String name) throws TensorFormatException {
        Tensor tensor = content.tensors.get(name);
        if (tensor == null) {
            throw new TensorFormatException(
                    path.toString(),
                    "holds no tensor `" + name + "`; it holds " + content.tensors.size() + ", the first are "
                            + content.tensors.keySet().stream().limit(3).toList());
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
