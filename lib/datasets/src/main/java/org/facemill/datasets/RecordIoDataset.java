package org.facemill.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** InsightFace's {@code train.rec} with {@code train.idx}: see {@link RecordIoWriter}. */
final class RecordIoDataset implements ImageDataset {

    private static final int FRAME = 8;

    private final RandomFile records;
    private final long[] offsets;
    private final int[] labels;
    private final int classes;

    RecordIoDataset(Path folder) {
        records = new RandomFile(folder.resolve("train.rec"));
        try {
            TreeMap<Long, Long> index = index(folder.resolve("train.idx"));
            List<Long> images = imageOffsets(index);
            offsets = images.stream().mapToLong(o -> o).toArray();
            labels = images.stream().mapToInt(this::readLabel).toArray();
            classes = Labels.classes(labels, folder.toString());
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    @Override
    public int size() {
        return offsets.length;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public String name(int index) {
        return records + " at byte " + offsets[index];
    }

    @Override
    public byte[] image(int index) {
        byte[] content = content(offsets[index]);
        if (content.length < RecordIo.IMAGE_HEADER) {
            throw new DatasetException(name(index) + ": record of " + content.length + " bytes has no image header");
        }
        int flag = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        long from = RecordIo.IMAGE_HEADER + 4L * Integer.toUnsignedLong(flag);
        if (from > content.length) {
            throw new DatasetException(
                    name(index) + ": record announces " + flag + " labels in " + content.length + " bytes");
        }
        return Arrays.copyOfRange(content, (int) from, content.length);
    }

    @Override
    public void close() {
        records.close();
    }

    /** Without a first record that says where images end, all records are images. */
    private List<Long> imageOffsets(TreeMap<Long, Long> index) {
        if (index.isEmpty()) {
            throw new DatasetException(records + ": its index is empty");
        }
        ByteBuffer head = header(index.firstEntry().getValue());
        if (index.firstKey() == 0 && head.getInt(FRAME) > 0) {
            long end = (long) records.read(index.firstEntry().getValue() + FRAME + RecordIo.IMAGE_HEADER, 4)
                    .getFloat();
            return new ArrayList<>(index.subMap(1L, Math.max(1L, end)).values());
        }
        return new ArrayList<>(index.values());
    }

    private int readLabel(long offset) {
        ByteBuffer head = header(offset);
        boolean several = head.getInt(FRAME) > 0;
        float label = several
                ? records.read(offset + FRAME + RecordIo.IMAGE_HEADER, 4).getFloat()
                : head.getFloat(FRAME + 4);
        return Labels.of(label, records + " at byte " + offset);
    }

    private ByteBuffer header(long offset) {
        ByteBuffer head = records.read(offset, FRAME + RecordIo.IMAGE_HEADER);
        requireMagic(head, offset);
        return head;
    }

    private byte[] content(long offset) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long at = offset;
        while (true) {
            ByteBuffer head = records.read(at, FRAME);
            requireMagic(head, at);
            int flag = head.getInt(4) >>> 29;
            int length = head.getInt(4) & RecordIo.MAX_LENGTH;
            content.writeBytes(records.read(at + FRAME, length).array());
            if (flag == 0 || flag == 3) {
                return content.toByteArray();
            }
            content.writeBytes(new byte[] {0x0a, 0x23, (byte) 0xd7, (byte) 0xce});
            at += FRAME + length + (-length & 3);
        }
    }

    private void requireMagic(ByteBuffer head, long offset) {
        if (head.getInt(0) != RecordIo.MAGIC) {
            throw new DatasetException("%s: no record at byte %d (magic %08x); does train.idx belong to it?"
                    .formatted(records, offset, head.getInt(0)));
        }
    }

    private static TreeMap<Long, Long> index(Path file) {
        TreeMap<Long, Long> index = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split("\t");
                if (fields.length != 2) {
                    throw new DatasetException(file + ": line '" + line + "' is not number, tab, byte offset");
                }
                index.put(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
            }
        } catch (IOException | NumberFormatException e) {
            throw new DatasetException(file + ": cannot be read as an index (" + e + ")", e);
        }
        return index;
    }
}
