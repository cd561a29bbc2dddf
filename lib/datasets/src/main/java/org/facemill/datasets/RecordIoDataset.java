package org.facemill.datasets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * InsightFace's {@code train.rec} with {@code train.idx}, see {@link RecordIoWriter}; or without a first record that says
 * where images end, as mxnet's im2rec makes it: then all records are images. DCFace's has labels of 0 only, and says in
 * {@code list.txt} whose folder each image came from.
 */
final class RecordIoDataset implements ImageDataset {

    private final DatasetFiles files;
    private final RecordIoFile records;
    private final RecordIoIndex index;
    /** Place of each image in the index. */
    private final int[] images;
    /** Label of each image. */
    private final int[] labels;

    private final Map<Integer, String> identities = new HashMap<>();
    private final int classes;

    /** @param stem of the names of records and index */
    RecordIoDataset(DatasetFiles files, String stem, List<String> names) {
        this.files = files;
        this.records = new RecordIoFile(files, stem + ".rec");
        this.index = new RecordIoIndex(files + "/" + stem + ".idx", files.read(stem + ".idx"));
        float[] stored = readThrough();
        images = images().toArray();
        if (names.contains(RecordIoPaths.NAME) && Arrays.equals(stored, new float[stored.length])) {
            RecordIoPaths paths = new RecordIoPaths(files);
            labels = Arrays.stream(images)
                    .map(place -> paths.label(index.number(place)))
                    .toArray();
            identities.putAll(paths.identities());
        } else {
            labels = Arrays.stream(images)
                    .map(place -> Labels.of(stored[place], records.name(index.offset(place))))
                    .toArray();
        }
        classes = Labels.classes(labels, files.toString());
    }

    /**
     * Labels of all records, by place in the index. They must follow each other to the end of the file, so that what the
     * index leaves out is found.
     */
    private float[] readThrough() {
        float[] stored = new float[index.size()];
        long end = 0;
        for (Iterator<Integer> places = index.byOffset(); places.hasNext(); ) {
            int place = places.next();
            requireNoGap(end, index.offset(place));
            RecordIoFile.Head head = records.head(index.offset(place));
            stored[place] = head.label();
            end = head.end();
        }
        requireNoGap(end, files.size(records.name()).orElse(end));
        return stored;
    }

    private void requireNoGap(long end, long next) {
        if (end != next) {
            throw new DatasetException(
                    "%s: a record of %s/%s ends at byte %d, the next is said to be at byte %d; was one of the two files cut off, or is the index another's?"
                            .formatted(index, files, records.name(), end, next));
        }
    }

    private IntStream images() {
        RecordIoFile.Head first = records.head(index.offset(0));
        if (index.number(0) != 0 || !first.empty()) {
            return IntStream.range(0, index.size());
        }
        long end = (long) first.label();
        if (index.number(index.size() - 1) >= end) {
            index.range(end, (long) first.second(), "identities");
        }
        return index.range(1, end, "images");
    }

    @Override
    public int size() {
        return images.length;
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
    public String identity(int label) {
        return identities.getOrDefault(label, Integer.toString(label));
    }

    @Override
    public String name(int image) {
        return records.name(index.offset(images[image]));
    }

    @Override
    public byte[] image(int image) {
        return records.image(index.offset(images[image]));
    }

    @Override
    public void close() {
        files.close();
    }
}
