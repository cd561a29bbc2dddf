package org.facemill.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** numpy's .npz format: a zip archive of .npy files, compressed or not. */
public final class Npz {
    private static final String SUFFIX = ".npy";

    private Npz() {}

    static TensorFile.Content content(String file, Map<String, Bytes> entries) throws IOException {
        Leaves leaves = new Leaves(file);
        for (var e : entries.entrySet()) {
            if (!e.getKey().endsWith(SUFFIX)) {
                throw new TensorFormatException(
                        file,
                        "a zip archive with the entry `" + e.getKey() + "` is neither a PyTorch "
                                + "checkpoint (no data.pkl) nor .npz");
            }
            String name = e.getKey().substring(0, e.getKey().length() - SUFFIX.length());
            leaves.add(name, Npy.value(file + "!" + e.getKey(), e.getValue()));
        }
        return leaves.content(TensorFile.Format.NPZ);
    }

    /** Writes {@code arrays} without compression; the same arrays give the same bytes. */
    public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            zip.setMethod(ZipArchiveOutputStream.STORED);
            for (var e : arrays.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(e.getKey() + SUFFIX);
                entry.setTime(0);
                zip.putArchiveEntry(entry);
                Npy.write(zip, e.getValue());
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw FileErrors.of(file, e);
        }
    }
}
