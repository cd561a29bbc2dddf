package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The classes that a program loads, parsed and verified once for all its starts: an archive for the JVM's class data sharing
 * (JEP 350), which takes half the processor time of a start. A JVM that finds none writes it when it ends in order.
 */
final class ClassArchive {

    /** Of a normal end, an error, Ctrl-C and SIGTERM; a JVM that was killed may have left half an archive. */
    private static final Set<Integer> ORDERLY_EXITS = Set.of(0, 1, 130, 143);
    /** A JVM whose archive does not fit starts without it: nothing to report. */
    private static final List<String> QUIET = List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error");

    private final Path file;
    private final Path draft;
    private final List<Path> classPath;

    /** @param file of the archive; the folder exists */
    ClassArchive(Path file, List<Path> classPath) {
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        this.classPath = classPath;
    }

    /** The JVM's options: to use the archive, or to write it at its end. */
    List<String> flags() {
        if (isCurrent()) {
            return withQuiet("-XX:SharedArchiveFile=" + file);
        }
        if (!Files.isWritable(file.getParent())) {
            return List.of();
        }
        deleteLeftovers();
        return withQuiet("-XX:ArchiveClassesAtExit=" + draft);
    }

    /** Keeps what a JVM wrote at its end, if it wrote anything; of two callers at once, one does it. */
    void keep(int exitCode) {
        try {
            if (ORDERLY_EXITS.contains(exitCode)) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException e) {
            // used the archive, was killed, or the other caller was first
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drafts of launchers that were killed before they could keep them. */
    private void deleteLeftovers() {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(file.getParent(), file.getFileName() + ".*")) {
            for (Path leftover : drafts) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is of these very jars; the JVM itself checks that it is of this JVM. */
    private boolean isCurrent() {
        try {
            if (!Files.exists(file)) {
                return false;
            }
            FileTime written = Files.getLastModifiedTime(file);
            for (Path jar : classPath) {
                if (Files.getLastModifiedTime(jar).compareTo(written) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withQuiet(String flag) {
        return Stream.concat(Stream.of(flag), QUIET.stream()).toList();
    }
}
