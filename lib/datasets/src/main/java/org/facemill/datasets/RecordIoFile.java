package org.facemill.datasets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The records of a RecordIO file: see {@link RecordIo}. */
record RecordIoFile(DatasetFiles files, String name) {

    private static final int FRAME = 8;
    /** No more than two labels are ever read. */
    private static final int HEAD = RecordIo.IMAGE_HEADER + 8;

    private static final byte[] MAGIC = {0x0a, 0x23, (byte) 0xd7, (byte) 0xce};

    /**
     * A record's header.
     *
     * @param label its only or first label
     * @param second its second label, 0 where there is none
     * @param empty whether nothing comes after header and labels
     * @param end where the next record begins
     */
    record Head(float label, float second, boolean empty, long end) {}

    /** A record, or a part of one that was split. */
    private record Part(long at, int flag, int length) {

        boolean isWhole() {
            return flag == 0;
        }

        boolean isLast() {
            return flag == 0 || flag == 3;
        }

        long end() {
            return at + FRAME + length + (-length & 3);
        }
    }

    Head head(long at) {
        Part first = part(at);
        if (first.isWhole()) {
            return head(at, read(at + FRAME, Math.min(HEAD, first.length())), first.length(), first.end());
        }
        byte[] content = content(at);
        Part last = first;
        while (!last.isLast()) {
            last = part(last.end());
        }
        return head(at, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN), content.length, last.end());
    }

    private Head head(long at, ByteBuffer start, int length, long end) {
        long labels = labels(at, start, length);
        return new Head(
                start.getFloat(labels > 0 ? RecordIo.IMAGE_HEADER : 4),
                labels > 1 ? start.getFloat(RecordIo.IMAGE_HEADER + 4) : 0,
                RecordIo.IMAGE_HEADER + 4 * labels == length,
                end);
    }

    /** The encoded image of a record. */
    byte[] image(long at) {
        byte[] content = content(at);
        long labels = labels(at, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN), content.length);
        return Arrays.copyOfRange(content, (int) (RecordIo.IMAGE_HEADER + 4 * labels), content.length);
    }

    /** What messages call the record at a place. */
    String name(long at) {
        return files + "/" + name + " at byte " + at;
    }

    /** Number of labels that follow the header; 0 where the header holds the only one. */
    private long labels(long at, ByteBuffer content, int length) {
        long labels = length < RecordIo.IMAGE_HEADER ? 0 : Integer.toUnsignedLong(content.getInt(0));
        if (RecordIo.IMAGE_HEADER + 4 * labels > length) {
            throw new DatasetException("%s: a record of %d bytes has no room for an image header and %d labels"
                    .formatted(name(at), length, labels));
        }
        return labels;
    }

    private byte[] content(long at) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Part part = part(at); ; part = part(part.end())) {
            content.writeBytes(read(part.at() + FRAME, part.length()).array());
            if (part.isLast()) {
                return content.toByteArray();
            }
            content.writeBytes(MAGIC);
        }
    }

    private Part part(long at) {
        ByteBuffer frame = read(at, FRAME);
        if (frame.getInt(0) != RecordIo.MAGIC) {
            throw new DatasetException("%s/%s: no record at byte %d (magic %08x); does its index belong to it?"
                    .formatted(files, name, at, frame.getInt(0)));
        }
        return new Part(at, frame.getInt(4) >>> 29, frame.getInt(4) & RecordIo.MAX_LENGTH);
    }

    private ByteBuffer read(long at, int length) {
        return ByteBuffer.wrap(files.read(name, at, length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
