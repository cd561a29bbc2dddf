package org.facemill.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.facemill.datasets.files.FileTree;

/** The files of a local folder and of its subfolders, without the system's own. */
final class FolderFiles implements DatasetFiles {

    private final Path folder;
    private final Map<String, Path> files;
    private final Map<String, RandomFile> open = new ConcurrentHashMap<>();

    FolderFiles(Path folder) {
        this.folder = folder;
        this.files =
                FileTree.below(folder).stream().collect(Collectors.toMap(FileTree.Entry::path, FileTree.Entry::file));
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public byte[] read(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new DatasetException(file(name) + ": cannot be read (" + e + ")", e);
        }
    }

    @Override
    public byte[] read(String name, long at, int length) {
        return open.computeIfAbsent(name, file -> new RandomFile(file(file)))
                .read(at, length)
                .array();
    }

    @Override
    public OptionalLong size(String name) {
        try {
            return OptionalLong.of(Files.size(file(name)));
        } catch (IOException e) {
            throw new DatasetException(file(name) + ": cannot be read (" + e + ")", e);
        }
    }

    @Override
    public Optional<Path> local(String name) {
        return Optional.of(file(name));
    }

    private Path file(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new DatasetException(folder + "/" + name + ": no such file; is the dataset complete?");
        }
        return file;
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
