package org.facemill.datasets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** TFace's {@code NAME.index} with its shards {@code NAME-00000.tfrecord}: see {@link TfRecordWriter}. */
final class TfRecordDataset implements ImageDataset {

    private record Entry(String path, String shard, long offset, int label) {}

    private final DatasetFiles files;
    private final List<Entry> entries = new ArrayList<>();
    private final int classes;

    /**
     * Takes over the files: they are closed with the dataset.
     *
     * @param index name of the index among them
     */
    TfRecordDataset(DatasetFiles files, String index) {
        this.files = files;
        String name = index.substring(0, index.length() - ".index".length());
        new String(files.read(index), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> entries.add(entry(files + "/" + index, name, line)));
        classes = Labels.classes(entries.stream().mapToInt(Entry::label).toArray(), files + "/" + index);
        requireShards(index, name);
    }

    /** All shards that the index names and no others, each to its end. */
    private void requireShards(String index, String name) {
        Set<String> present = files.names().stream()
                .filter(file -> file.matches(Pattern.quote(name) + "-\\d+\\.tfrecord"))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Entry> last = new TreeMap<>();
        for (Entry entry : entries) {
            last.merge(entry.shard(), entry, (a, b) -> a.offset() > b.offset() ? a : b);
        }
        for (String shard : last.keySet()) {
            if (!present.remove(shard)) {
                throw new DatasetException(
                        files + "/" + shard + ": no such file, but " + index + " names it; is the dataset complete?");
            }
        }
        if (!present.isEmpty()) {
            throw new DatasetException(
                    files + "/" + index + ": names no record of " + String.join(", ", present) + "; was it cut off?");
        }
        last.forEach((shard, entry) -> files.size(shard).ifPresent(size -> {
            long length = read(entry, entry.offset(), TfRecord.HEAD).getLong(0);
            long end = entry.offset() + TfRecord.FRAME + length;
            if (end != size) {
                throw new DatasetException(
                        "%s/%s: %d bytes, but the last record that %s names ends at %d; was one of the two cut off?"
                                .formatted(files, shard, size, index, end));
            }
        }));
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
        return files + "/" + entries.get(index).shard() + ": "
                + entries.get(index).path();
    }

    @Override
    public byte[] image(int index) {
        Entry entry = entries.get(index);
        ByteBuffer head = read(entry, entry.offset(), TfRecord.HEAD);
        requireChecksum(TfRecord.masked(head.array(), 8), head.getInt(8), index);
        int length = (int) Math.min(Integer.MAX_VALUE - 16, head.getLong(0));
        ByteBuffer rest = read(entry, entry.offset() + TfRecord.HEAD, length + 4);
        requireChecksum(TfRecord.masked(rest.array(), length), rest.getInt(length), index);
        byte[] content = new byte[length];
        rest.get(content);
        return TfRecord.image(content, name(index));
    }

    private ByteBuffer read(Entry entry, long at, int length) {
        return ByteBuffer.wrap(files.read(entry.shard(), at, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        files.close();
    }

    private void requireChecksum(int actual, int stored, int index) {
        if (actual != stored) {
            throw new DatasetException(
                    "%s: wrong checksum of the record at byte %d; is the shard damaged, or the index another's?"
                            .formatted(name(index), entries.get(index).offset()));
        }
    }

    private static Entry entry(String index, String name, String line) {
        String[] fields = line.split("\t");
        String[] path = fields[0].split("/");
        if (fields.length != 3 || path.length < 2) {
            throw new DatasetException(
                    index + ": line '" + line + "' is not label/image path, shard and byte offset between tabs");
        }
        int number = Labels.of(fields[1], index + ": " + line);
        String shard = String.format(Locale.ROOT, "%s-%05d.tfrecord", name, number);
        try {
            return new Entry(
                    fields[0], shard, Long.parseLong(fields[2]), Labels.of(path[path.length - 2], index + ": " + line));
        } catch (NumberFormatException e) {
            throw new DatasetException(index + ": byte offset '" + fields[2] + "' is no number", e);
        }
    }
}
