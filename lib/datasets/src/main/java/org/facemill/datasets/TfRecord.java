package org.facemill.datasets;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * TensorFlow's TFRecord with one {@code tf.train.Example} a record, whose feature {@code image} holds the encoded image:
 * what TFace reads. A record is length (8 bytes), its masked CRC32C, the content, its masked CRC32C, little-endian.
 */
final class TfRecord {

    /** Bytes of a record before its content: length and checksum. */
    static final int HEAD = 12;
    /** Bytes of a record beside its content. */
    static final int FRAME = 16;

    private static final byte[] FEATURE = "image".getBytes(StandardCharsets.US_ASCII);
    /** Field numbers with wire type 2 (bytes that follow their length). */
    private static final int FIRST_FIELD = 1 << 3 | 2;

    private static final int SECOND_FIELD = 2 << 3 | 2;

    private TfRecord() {}

    static byte[] frame(byte[] content) {
        ByteBuffer record = ByteBuffer.allocate(content.length + FRAME).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(content.length);
        record.putInt(masked(record.array(), 8));
        record.put(content);
        return record.putInt(masked(content, content.length)).array();
    }

    static int masked(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    /** Example(features = 1: Features(feature = 1: {key = 1: "image", value = 2: Feature(bytes_list = 1: BytesList(value = 1)))) */
    static byte[] example(byte[] image) {
        byte[] feature = field(FIRST_FIELD, field(FIRST_FIELD, image));
        byte[] entry = concatenated(field(FIRST_FIELD, FEATURE), field(SECOND_FIELD, feature));
        return field(FIRST_FIELD, field(FIRST_FIELD, entry));
    }

    /**
     * The encoded image of an example.
     *
     * @throws DatasetException without a feature of that name
     */
    static byte[] image(byte[] example, String name) {
        try {
            ByteBuffer features = child(ByteBuffer.wrap(example), FIRST_FIELD);
            while (features.hasRemaining()) {
                ByteBuffer entry = child(features, FIRST_FIELD);
                byte[] key = bytes(child(entry.duplicate(), FIRST_FIELD));
                if (Arrays.equals(key, FEATURE)) {
                    return bytes(child(child(child(entry, SECOND_FIELD), FIRST_FIELD), FIRST_FIELD));
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new DatasetException(name + ": no tf.train.Example (" + e.getMessage() + ")", e);
        }
        throw new DatasetException(name + ": the example has no feature 'image'; was it written by img2tfrecord.py?");
    }

    /** The next field of the wanted tag; others before it are passed over. */
    private static ByteBuffer child(ByteBuffer message, int tag) {
        while (message.hasRemaining()) {
            long found = varint(message);
            if ((found & 7) != 2) {
                throw new IllegalArgumentException("field of wire type " + (found & 7));
            }
            long length = varint(message);
            if (length < 0 || length > message.remaining()) {
                throw new IllegalArgumentException(
                        "field of " + length + " bytes where " + message.remaining() + " are left");
            }
            ByteBuffer content = message.slice(message.position(), (int) length);
            message.position(message.position() + (int) length);
            if (found == tag) {
                return content;
            }
        }
        throw new IllegalArgumentException("field " + (tag >> 3) + " is missing");
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("endless number");
    }

    private static byte[] field(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 8);
        out.write(tag);
        int length = content.length;
        for (; length > 0x7F; length >>>= 7) {
            out.write(length & 0x7F | 0x80);
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
