package org.facemill.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The entries of a zip archive and where each lies in the file. Nothing is ever unpacked to disk. */
final class ZipEntries {
    private final Map<String, Bytes> entries = new LinkedHashMap<>();

    private ZipEntries() {}

    /** {@code bytes} is the content of {@code file}, the entries are spans of it. */
    static Map<String, Bytes> read(Path file, Bytes.InFile bytes) throws IOException {
        ZipEntries result = new ZipEntries();
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            for (ZipArchiveEntry e : Collections.list(zip.getEntriesInPhysicalOrder())) {
                result.add(file.toString(), e, bytes);
            }
        } catch (TensorFormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new TensorFormatException(
                    file.toString(), "damaged zip archive (" + e.getMessage() + "); is the file truncated?", e);
        }
        return result.entries;
    }

    private void add(String file, ZipArchiveEntry entry, Bytes.InFile archive) throws IOException {
        String name = entry.getName();
        if (name.startsWith("/") || List.of(name.split("[/\\\\]")).contains("..")) {
            throw new TensorFormatException(file, "the entry `" + name + "` climbs out of the archive; refused");
        }
        long start = entry.getDataOffset();
        long stored = entry.getCompressedSize();
        if (start < 0 || stored < 0 || entry.getSize() < 0 || start + stored > archive.size()) {
            throw new TensorFormatException(
                    file, "the entry `" + name + "` lies beyond the end; is the file truncated?");
        }
        Bytes.InFile raw = archive.slice(start, stored);
        Bytes content = switch (entry.getMethod()) {
            case ZipEntry.STORED -> raw;
            case ZipEntry.DEFLATED -> Deflated.of(file, name, raw, entry.getSize());
            default ->
                throw new TensorFormatException(
                        file,
                        "the entry `" + name + "` is packed by a method that neither " + "numpy nor PyTorch uses");
        };
        if (content.size() != entry.getSize()) {
            throw new TensorFormatException(
                    file, "the entry `" + name + "` has two different sizes; the archive is damaged");
        }
        if (entries.put(name, content) != null) {
            throw new TensorFormatException(file, "two entries are called `" + name + "`; the archive is damaged");
        }
    }
}
