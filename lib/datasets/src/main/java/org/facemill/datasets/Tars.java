package org.facemill.datasets;

import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Entries of tar files, without anything that differs from run to run. */
final class Tars {

    private static final int READABLE_BY_ALL = 0100644;

    private Tars() {}

    static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setMode(READABLE_BY_ALL);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Whether an entry is neither folder nor link nor device. */
    static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    static byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry, String name, long limit)
            throws IOException {
        if (entry.getSize() > limit) {
            throw new DatasetException(name + ": entry '" + entry.getName() + "' has " + entry.getSize()
                    + " bytes, the limit is " + limit);
        }
        byte[] content = tar.readNBytes((int) entry.getSize());
        if (content.length < entry.getSize()) {
            throw new DatasetException(name + ": truncated tar, entry '" + entry.getName() + "' has " + content.length
                    + " of " + entry.getSize() + " bytes; write it again");
        }
        return content;
    }
}
