package org.facemill.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        throw new TensorFormatException(
                name,
                "neither PyTorch, safetensors, .npy nor .npz; "
                        + (file.size() == 0 ? "the file is empty" : "is it complete, and the file that was meant?"));
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

    /**
     * All tensors, with each of {@code prefixes} in turn cut from the names that start with it, as wrappers add them:
     * {@code stripped("state_dict.", "module.", "eps_model.")}. Other names stay as they are.
     */
    public Map<String, Tensor> stripped(String... prefixes) throws TensorFormatException {
        Map<String, Tensor> result = new LinkedHashMap<>();
        for (var e : content.tensors.entrySet()) {
            String name = e.getKey();
            for (String prefix : prefixes) {
                name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
            }
            if (result.put(name, e.getValue()) != null) {
                throw new TensorFormatException(
                        path.toString(),
                        "two tensors are called `" + name + "` once " + String.join(", ", prefixes)
                                + " is cut from the names");
            }
        }
        return result;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
