package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CropArchiveTest {

    private static final List<byte[]> CROPS = List.of(new byte[] {1, 2, 3}, new byte[700], new byte[] {4});

    @Test
    void givesTheCropsBackInOrder() {
        List<byte[]> read = CropArchive.read(CropArchive.write(CROPS), "7.tar");

        assertThat(read).usingElementComparator(Arrays::compare).containsExactlyElementsOf(CROPS);
    }

    @Test
    void bytesDependOnTheCropsAlone() throws InterruptedException {
        byte[] first = CropArchive.write(CROPS);
        Thread.sleep(1100); // a time stamp of whole seconds would differ

        assertThat(CropArchive.write(CROPS)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../0.png", "/0.png", "x/../../0.png", "1.png", "0.PNG", "notes.txt"})
    void foreignAndClimbingNamesAreRefused(String entry) throws IOException {
        byte[] tar = tar(new TarArchiveEntry(entry, true), new byte[] {1});

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> CropArchive.read(tar, "evil.tar"))
                .withMessageStartingWith("evil.tar: entry '" + entry + "' where the file 0.png should be");
    }

    @Test
    void linksAreRefused() throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("0.png", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> CropArchive.read(tar(link, new byte[0]), "link.tar"));
    }

    @Test
    void everyTruncationBeforeTheLastCropEndsIsRefused() {
        byte[] whole = CropArchive.write(CROPS);
        int endOfLastCrop = 512 + 512 + 512 + 1024 + 512 + 1;

        for (int length = 0; length < endOfLastCrop; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            List<byte[]> read;
            try {
                read = CropArchive.read(cut, "cut.tar");
            } catch (DatasetException e) {
                continue;
            }
            // a cut between two entries cannot be told from a shorter archive; the number of crops tells
            assertThat(read.size()).as("cut to %d bytes", length).isLessThan(CROPS.size());
        }
    }

    @Test
    void anEmptyArchiveIsRefused() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> CropArchive.read(new byte[1024], "empty.tar"))
                .withMessageStartingWith("empty.tar: no crops in it");
    }

    @Test
    void anEntryThatAnnouncesGigabytesIsRefusedByItsHeader() throws IOException {
        byte[] tar = CropArchive.write(List.of(new byte[0]));
        TarArchiveEntry huge = new TarArchiveEntry("0.png");
        huge.setSize((8L << 30) - 1);
        huge.writeEntryHeader(tar);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> CropArchive.read(tar, "huge.tar"))
                .withMessageContaining("8589934591 bytes, the limit is");
    }

    private static byte[] tar(TarArchiveEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
