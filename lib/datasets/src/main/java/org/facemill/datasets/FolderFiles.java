package org.facemill.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The files of a local folder and of its subfolders. */
final class FolderFiles implements DatasetFiles {

    private final Path folder;
    private final Map<String, RandomFile> open = new ConcurrentHashMap<>();

    FolderFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<String> names() {
        try (Stream<Path> files = Files.walk(folder, 2, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(folder + ": cannot be listed (" + e + ")", e);
        }
    }

    @Override
    public byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new DatasetException(folder.resolve(name) + ": cannot be read (" + e + ")", e);
        }
    }

    @Override
    public byte[] read(String name, long at, int length) {
        return open.computeIfAbsent(name, file -> new RandomFile(folder.resolve(file)))
                .read(at, length)
                .array();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {
        open.values().forEach(RandomFile::close);
    }
}
