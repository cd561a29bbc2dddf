package org.facemill.tensor;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * torch.save's format before PyTorch 1.6: pickles of a magic number, a version, facts about the writer, the objects and
 * the storages' keys; then each storage as its length (64 bit) and its elements. A file that is one pickle without
 * the magic number is read as such.
 */
final class TorchLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private TorchLegacy() {}

    static TensorFile.Content content(String file, Bytes.InFile bytes) throws IOException {
        ByteBuffer pickles =
                bytes.slice(0, Math.min(bytes.size(), Integer.MAX_VALUE)).buffer();
        Object first = new PickleMachine(file, pickles).load();
        Leaves leaves = new Leaves(file);
        if (!MAGIC.equals(first)) {
            leaves.add("", SafePickle.read(file, pickles.rewind()));
            return leaves.content(TensorFile.Format.PICKLE);
        }
        new PickleMachine(file, pickles).load();
        new PickleMachine(file, pickles).load();
        PickleMachine machine = new PickleMachine(file, pickles);
        Object root = machine.load();
        Object keys = new PickleMachine(file, pickles).load();
        Map<String, Bytes> storages = storages(file, bytes, pickles.position(), machine.storages(), keys);
        leaves.add("", PickleTree.resolve(file, root, storage -> storages.get(storage.key())));
        return leaves.content(TensorFile.Format.TORCH_LEGACY);
    }

    private static Map<String, Bytes> storages(
            String file, Bytes.InFile bytes, long start, Map<String, TorchStorage> described, Object keys)
            throws IOException {
        Map<String, Bytes> storages = new HashMap<>();
        long at = start;
        for (Object key : keys instanceof List<?> list ? list : List.of()) {
            TorchStorage storage = described.get(key);
            if (storage == null || bytes.size() - at < 8 + storage.byteSize()) {
                throw new TensorFormatException(
                        file,
                        "the storage `" + key + "` is not described or lies beyond the end; "
                                + "is the file truncated?");
            }
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            bytes.read(at, length);
            if (length.getLong(0) != storage.elements()) {
                throw new TensorFormatException(
                        file,
                        "the storage `" + key + "` has " + length.getLong(0) + " elements where " + storage.elements()
                                + " are described; the file is damaged");
            }
            storages.put(storage.key(), bytes.slice(at + 8, storage.byteSize()));
            at += 8 + storage.byteSize();
        }
        if (!storages.keySet().containsAll(described.keySet())) {
            throw new TensorFormatException(file, "the content of some storages is missing; is the file truncated?");
        }
        return storages;
    }
}
