package org.facemill.cli.machine;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.facemill.tensor.WholeFiles;

/** Files with secrets. */
final class PrivateFile {

    private PrivateFile() {}

    /** Writes a file whole, and so that nobody but its owner ever reads it, where the file system knows owners. */
    static void write(Path file, byte[] content) throws IOException {
        WholeFiles.write(file, path -> {
            Files.deleteIfExists(path);
            Files.createFile(path, ownersAlone());
            Files.write(path, content);
        });
    }

    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
