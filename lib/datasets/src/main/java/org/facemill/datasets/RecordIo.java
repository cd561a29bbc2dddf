package org.facemill.datasets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * MXNet's RecordIO: each record is a magic number, a word of 3 flag bits and 29 length bits, and the content padded to
 * 4 bytes, all little-endian. Content that holds the magic number itself at a multiple of 4 is split there into parts,
 * and the number left out (flags 1 first, 2 middle, 3 last; 0 whole).
 */
final class RecordIo {

    static final int MAGIC = 0xced7230a;
    static final int MAX_LENGTH = (1 << 29) - 1;
    /** Bytes of an image record's header: flag, label, id, id2. */
    static final int IMAGE_HEADER = 24;

    private RecordIo() {}

    /**
     * Content of an image record or, with several labels, of a range record.
     *
     * @param labels one label; or two, which then follow the header
     */
    static byte[] content(long id, byte[] encoded, float... labels) {
        int extra = labels.length > 1 ? 4 * labels.length : 0;
        ByteBuffer content =
                ByteBuffer.allocate(IMAGE_HEADER + extra + encoded.length).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(labels.length > 1 ? labels.length : 0).putFloat(labels.length > 1 ? 0 : labels[0]);
        content.putLong(id).putLong(0);
        if (labels.length > 1) {
            for (float label : labels) {
                content.putFloat(label);
            }
        }
        return content.put(encoded).array();
    }

    /** The record as it stands in the file. */
    static byte[] frame(byte[] content) {
        List<int[]> parts = parts(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 16);
        for (int i = 0; i < parts.size(); i++) {
            int from = parts.get(i)[0];
            int length = parts.get(i)[1] - from;
            int flag = parts.size() == 1 ? 0 : i == 0 ? 1 : i == parts.size() - 1 ? 3 : 2;
            ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            out.writeBytes(head.putInt(MAGIC).putInt(flag << 29 | length).array());
            out.write(content, from, length);
            out.writeBytes(new byte[-length & 3]);
        }
        return out.toByteArray();
    }

    private static List<int[]> parts(byte[] content) {
        ByteBuffer words = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        List<int[]> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at + 4 <= content.length; at += 4) {
            if (words.getInt(at) == MAGIC) {
                parts.add(new int[] {from, at});
                from = at + 4;
            }
        }
        parts.add(new int[] {from, content.length});
        return parts;
    }
}
