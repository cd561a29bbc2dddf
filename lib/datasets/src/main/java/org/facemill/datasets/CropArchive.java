package org.facemill.datasets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The crops of one identity as one object: a tar of {@code 0.png}, {@code 1.png}, ... */
public final class CropArchive {

    private static final int MAX_CROPS = 4096;
    private static final long MAX_CROP_BYTES = 16L << 20;

    private CropArchive() {}

    /** The archive of encoded crops in order; the same bytes for the same crops. */
    public static byte[] write(List<byte[]> pngs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < pngs.size(); i++) {
                Tars.put(tar, i + ".png", pngs.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a tar to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The encoded crops in order.
     *
     * @param name what messages call the archive
     * @throws DatasetException unless it holds exactly the files {@code 0.png}, {@code 1.png}, ... in this order
     */
    public static List<byte[]> read(byte[] archive, String name) {
        List<byte[]> crops = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String expected = crops.size() + ".png";
                if (!Tars.isPlainFile(entry) || !entry.getName().equals(expected) || crops.size() == MAX_CROPS) {
                    throw new DatasetException(name + ": entry '" + entry.getName() + "' where the file " + expected
                            + " should be; a crop archive holds 0.png, 1.png, ... and nothing else, " + MAX_CROPS
                            + " at most");
                }
                crops.add(Tars.content(tar, entry, name, MAX_CROP_BYTES));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetException(name + ": damaged tar (" + e.getMessage() + "); write it again", e);
        }
        if (crops.isEmpty()) {
            throw new DatasetException(name + ": no crops in it; a crop archive holds 0.png, 1.png, ...");
        }
        return crops;
    }
}
