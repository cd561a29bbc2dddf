package org.facemill.datasets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.facemill.datasets.files.Pictures;
import org.facemill.datasets.files.SystemFiles;

/**
 * The samples of one shard, as the webdataset library has them: files of one sample share their path up to the first dot
 * of the file's name, what follows is the field, in lower case.
 */
final class WebDatasetShard {

    private static final int BLOCK = 512;
    private static final String LABEL = "cls";

    /** A sample's image in the shard, and its label. */
    record Sample(String key, long offset, int length, int label) {}

    private final DatasetFiles files;
    private final String name;
    private final List<Sample> samples = new ArrayList<>();

    WebDatasetShard(DatasetFiles files, String name, Optional<String> field) {
        this.files = files;
        this.name = name;
        fields().forEach((key, fields) -> sample(key, fields, field).ifPresent(samples::add));
    }

    String name() {
        return name;
    }

    List<Sample> samples() {
        return samples;
    }

    /** The files of each sample by field. */
    private Map<String, Map<String, TarArchiveEntry>> fields() {
        Map<String, Map<String, TarArchiveEntry>> fields = new LinkedHashMap<>();
        try (TarFile tar = new TarFile(files.local(name).orElseThrow())) {
            long end = 0;
            for (TarArchiveEntry entry : tar.getEntries()) {
                end = entry.getDataOffset() + (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
                add(entry, fields);
            }
            requireEndMark(end);
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetException(this + ": damaged tar (" + e.getMessage() + "); pack it again", e);
        }
        return fields;
    }

    private void add(TarArchiveEntry entry, Map<String, Map<String, TarArchiveEntry>> fields) {
        String path = entry.getName();
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
        if (entry.isDirectory() || dot < 0 || SystemFiles.anyIsSystem(path)) {
            return;
        }
        if (!Tars.isPlainFile(entry)) {
            throw new DatasetException(this + ": " + path
                    + " is a link or a device; pack the files themselves (tar --dereference" + " --hard-dereference)");
        }
        String field = path.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (fields.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>())
                        .put(field, entry)
                != null) {
            throw new DatasetException(this + ": duplicate file name " + path + "; give each sample a name of its own");
        }
    }

    /** An archive ends in two blocks of zeros, which nothing follows. */
    private void requireEndMark(long end) {
        long size = files.size(name).orElseThrow();
        if (size - end < 2 * BLOCK) {
            throw new DatasetException(this + ": a tar without its end mark; was it copied or packed to the end?");
        }
        for (long at = end; at < size; at += BLOCK) {
            for (byte zero : files.read(name, at, (int) Math.min(BLOCK, size - at))) {
                if (zero != 0) {
                    throw new DatasetException(this + ": more follows the end mark at byte " + end
                            + "; are these several archives in one file? Pack them into one");
                }
            }
        }
    }

    /** Empty for files that have neither image nor label, such as a description of the shard. */
    private Optional<Sample> sample(String key, Map<String, TarArchiveEntry> fields, Optional<String> field) {
        List<String> images = fields.keySet().stream()
                .filter(name -> field.map(name::equalsIgnoreCase).orElseGet(() -> Pictures.isPicture(name)))
                .toList();
        if (images.isEmpty() && !fields.containsKey(LABEL)) {
            return Optional.empty();
        }
        if (images.isEmpty() || !fields.containsKey(LABEL)) {
            throw new DatasetException("%s: sample %s has the fields %s, but no %s"
                    .formatted(
                            this,
                            key,
                            String.join(", ", fields.keySet()),
                            images.isEmpty() ? field.orElse("image") : "label " + key + "." + LABEL));
        }
        if (images.size() > 1) {
            throw new DatasetException(
                    ("%s: %d images share the key %s, which ends at the first dot of a file's name (%s); say which"
                                    + " field is meant, or name the files without other dots")
                            .formatted(this, images.size(), key, String.join(", ", images)));
        }
        TarArchiveEntry image = fields.get(images.get(0));
        TarArchiveEntry label = fields.get(LABEL);
        byte[] text = files.read(name, label.getDataOffset(), (int) Math.min(64, label.getSize()));
        return Optional.of(new Sample(
                key,
                image.getDataOffset(),
                Math.toIntExact(image.getSize()),
                Labels.of(new String(text, StandardCharsets.US_ASCII), this + ": " + label.getName())));
    }

    @Override
    public String toString() {
        return files + "/" + name;
    }
}
