package org.facemill.tensor;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Errors of writing that name their file: the JDK's do not once a file is open, as on a disk that is full. */
public final class FileErrors {

    private FileErrors() {}

    /** The same error, of this file. */
    public static IOException of(Path file, IOException e) {
        String name = file.toString();
        IOException named = e instanceof NoSuchFileException
                ? new NoSuchFileException(name)
                : e instanceof AccessDeniedException
                        ? new AccessDeniedException(name)
                        : new FileSystemException(name, null, reason(e));
        named.initCause(e);
        return named;
    }

    /** Opens a new file, whose every error names it. */
    public static OutputStream open(Path file) throws IOException {
        try {
            return new Named(file, Files.newOutputStream(file));
        } catch (IOException e) {
            throw of(file, e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e instanceof DirectoryNotEmptyException ? "Is a directory" : e.getMessage();
    }

    private static final class Named extends FilterOutputStream {

        private final Path file;

        Named(Path file, OutputStream out) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                throw of(file, e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw of(file, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw of(file, e);
            }
        }
    }
}
