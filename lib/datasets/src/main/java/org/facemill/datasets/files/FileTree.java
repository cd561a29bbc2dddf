package org.facemill.datasets.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.facemill.datasets.DatasetException;

/** The files in a folder and its subfolders. */
public final class FileTree {

    /**
     * A file.
     *
     * @param file where it is
     * @param path its path below the folder, parts separated by slashes, the same in every locale
     */
    public record Entry(Path file, String path) {}

    private FileTree() {}

    /**
     * All files but the {@linkplain SystemFiles system's own}, in no order. Symbolic links to files and folders are
     * followed, the folder itself may be one; a link to nothing counts as a file, so that reading it fails by name.
     *
     * @throws DatasetException if it is no folder, a folder cannot be read, or a link leads to a folder that it lies in
     */
    public static List<Entry> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + (Files.exists(folder) ? ": no folder" : ": no such folder"));
        }
        List<Entry> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(folder, files));
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be listed (" + e + ")", e);
        }
        return files;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Path folder;
        private final List<Entry> files;

        Visitor(Path folder, List<Entry> files) {
            this.folder = folder;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isSystem(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isSystem(file) && (attributes.isRegularFile() || attributes.isSymbolicLink())) {
                files.add(new Entry(file, relative(file)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (isSystem(file)) {
                return FileVisitResult.CONTINUE;
            }
            throw new DatasetException(
                    file
                            + (e instanceof FileSystemLoopException
                                    ? ": a symbolic link to a folder that it lies in; remove it"
                                    : ": cannot be read (" + e + ")"),
                    e);
        }

        private boolean isSystem(Path file) {
            return !file.equals(folder) && SystemFiles.isSystem(name(file.getFileName()));
        }

        private String relative(Path file) {
            StringBuilder path = new StringBuilder();
            for (Path part : folder.relativize(file)) {
                path.append(path.length() == 0 ? "" : "/").append(name(part));
            }
            return path.toString();
        }
    }

    /**
     * A file's name as UTF-8 has it, also where the locale knows ASCII only and Java shows question marks. A byte that is
     * no UTF-8 becomes a character of its own, as Python's {@code surrogateescape} has it.
     */
    static String name(Path part) {
        String name = part.toString();
        return name.chars().allMatch(c -> c < 0x80) ? name : decoded(bytes(part));
    }

    /** What the file system holds; of all that a path offers only its URI spells every byte. */
    private static byte[] bytes(Path part) {
        String uri = part.toUri().getRawPath();
        String encoded = uri.substring(uri.substring(0, uri.length() - 1).lastIndexOf('/') + 1);
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else if (c != '/') {
                bytes.put((byte) c);
            }
        }
        byte[] content = new byte[bytes.flip().remaining()];
        bytes.get(content);
        return content;
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder escaped = new StringBuilder();
            for (byte b : bytes) {
                escaped.append((char) (b >= 0 ? b : 0xDC00 + (b & 0xFF)));
            }
            return escaped.toString();
        }
    }
}
