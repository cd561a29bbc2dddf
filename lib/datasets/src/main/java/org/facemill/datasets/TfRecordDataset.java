package org.facemill.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** TFace's {@code NAME.index} with its shards {@code NAME-00000.tfrecord}: see {@link TfRecordWriter}. */
final class TfRecordDataset implements ImageDataset {

    private record Entry(String path, RandomFile shard, long offset, int label) {
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, RandomFile> shards = new TreeMap<>();
    private final int classes;

    TfRecordDataset(Path index) {
        String file = index.getFileName().toString();
        String name = file.substring(0, file.length() - ".index".length());
        try {
            for (String line : Files.readAllLines(index)) {
                entries.add(entry(index, name, line));
            }
            classes = Labels.classes(entries.stream().mapToInt(Entry::label).toArray(), index.toString());
        } catch (IOException e) {
            close();
            throw new DatasetException(index + ": cannot be read (" + e + ")", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return entries.get(index).label();
    }

    @Override
    public String name(int index) {
        return entries.get(index).shard() + ": " + entries.get(index).path();
    }

    @Override
    public byte[] image(int index) {
        Entry entry = entries.get(index);
        ByteBuffer head = entry.shard().read(entry.offset(), TfRecord.HEAD);
        requireChecksum(TfRecord.masked(head.array(), 8), head.getInt(8), index);
        ByteBuffer content = entry.shard().read(entry.offset() + TfRecord.HEAD, head.getLong(0));
        ByteBuffer tail = entry.shard().read(entry.offset() + TfRecord.HEAD + content.capacity(), 4);
        requireChecksum(TfRecord.masked(content.array(), content.capacity()), tail.getInt(0), index);
        return TfRecord.image(content.array(), name(index));
    }

    @Override
    public void close() {
        shards.values().forEach(RandomFile::close);
    }

    private void requireChecksum(int actual, int stored, int index) {
        if (actual != stored) {
            throw new DatasetException("%s: wrong checksum of the record at byte %d; is the shard damaged, or the index another's?"
                    .formatted(name(index), entries.get(index).offset()));
        }
    }

    private Entry entry(Path index, String name, String line) {
        String[] fields = line.split("\t");
        String[] path = fields[0].split("/");
        if (fields.length != 3 || path.length < 2) {
            throw new DatasetException(index + ": line '" + line + "' is not label/image path, shard and byte offset between tabs");
        }
        int number = Labels.of(fields[1], index + ": " + line);
        RandomFile shard = shards.computeIfAbsent(number, s -> new RandomFile(
                index.resolveSibling(String.format(Locale.ROOT, "%s-%05d.tfrecord", name, s))));
        try {
            return new Entry(fields[0], shard, Long.parseLong(fields[2]), Labels.of(path[path.length - 2], index + ": " + line));
        } catch (NumberFormatException e) {
            throw new DatasetException(index + ": byte offset '" + fields[2] + "' is no number", e);
        }
    }
}
