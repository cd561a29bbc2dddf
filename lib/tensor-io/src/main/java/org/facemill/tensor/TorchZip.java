package org.facemill.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** torch.save's zip format (PyTorch 1.6 and later): data.pkl describes the objects, data/KEY holds each storage. */
final class TorchZip {
    private static final String PICKLE = "data.pkl";

    private TorchZip() {}

    static boolean holds(Map<String, Bytes> entries) {
        return entries.keySet().stream().anyMatch(TorchZip::isPickle);
    }

    private static boolean isPickle(String entry) {
        return entry.equals(PICKLE) || entry.endsWith("/" + PICKLE);
    }

    static TensorFile.Content content(String file, Map<String, Bytes> entries) throws IOException {
        String pickle =
                entries.keySet().stream().filter(TorchZip::isPickle).findFirst().orElseThrow();
        String folder = pickle.substring(0, pickle.length() - PICKLE.length());
        checkByteOrder(file, entries.get(folder + "byteorder"));
        Object root = new PickleMachine(file, entries.get(pickle).buffer()).load();
        Leaves leaves = new Leaves(file);
        leaves.add("", PickleTree.resolve(file, root, storage -> {
            Bytes content = entries.get(folder + "data/" + storage.key());
            if (content == null || content.size() < storage.byteSize()) {
                throw new TensorFormatException(
                        file, "storage " + storage + " is missing or too short; the file is damaged");
            }
            return content;
        }));
        return leaves.content(TensorFile.Format.TORCH_ZIP);
    }

    private static void checkByteOrder(String file, Bytes entry) throws IOException {
        if (entry != null && entry.size() < 16) {
            ByteBuffer text = ByteBuffer.allocate((int) entry.size());
            entry.read(0, text);
            String order = new String(text.array(), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw new TensorFormatException(
                        file,
                        "was written in the byte order '" + order + "'; save it again on a " + "little-endian machine");
            }
        }
    }
}
