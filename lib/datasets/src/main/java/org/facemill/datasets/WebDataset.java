package org.facemill.datasets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * WebDataset shards: see {@link WebDatasetWriter}. Files of one sample share their name up to the first dot; nothing is
 * unpacked, so that names cannot lead anywhere.
 */
final class WebDataset implements ImageDataset {

    private record Sample(RandomFile shard, String key, long offset, long length, int label) {}

    private final List<Sample> samples = new ArrayList<>();
    private final List<RandomFile> shards = new ArrayList<>();
    private final int classes;

    WebDataset(List<Path> tars) {
        try {
            for (Path tar : tars) {
                RandomFile shard = new RandomFile(tar);
                shards.add(shard);
                index(tar, shard);
            }
            classes = Labels.classes(
                    samples.stream().mapToInt(Sample::label).toArray(),
                    tars.get(0).toString());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return samples.get(index).label();
    }

    @Override
    public String name(int index) {
        return samples.get(index).shard() + ": " + samples.get(index).key();
    }

    @Override
    public byte[] image(int index) {
        Sample sample = samples.get(index);
        return sample.shard().read(sample.offset(), sample.length()).array();
    }

    @Override
    public void close() {
        shards.forEach(RandomFile::close);
    }

    private void index(Path path, RandomFile shard) {
        Map<String, TarArchiveEntry> images = new LinkedHashMap<>();
        Map<String, Integer> labels = new LinkedHashMap<>();
        try (TarFile tar = new TarFile(path)) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                String key = key(entry.getName());
                if (!Tars.isPlainFile(entry)) {
                    continue;
                }
                if (ImageNames.isImage(entry.getName())) {
                    images.put(key, entry);
                } else if (entry.getName().endsWith(".cls")) {
                    byte[] label =
                            shard.read(entry.getDataOffset(), entry.getSize()).array();
                    labels.put(
                            key,
                            Labels.of(new String(label, StandardCharsets.US_ASCII), path + ": " + entry.getName()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetException(path + ": damaged tar (" + e.getMessage() + "); pack it again", e);
        }
        images.forEach((key, entry) -> {
            if (!labels.containsKey(key)) {
                throw new DatasetException(path + ": " + entry.getName() + " has no label " + key + ".cls");
            }
            samples.add(new Sample(shard, key, entry.getDataOffset(), entry.getSize(), labels.get(key)));
        });
    }

    private static String key(String name) {
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        return dot < 0 ? name : name.substring(0, dot);
    }
}
