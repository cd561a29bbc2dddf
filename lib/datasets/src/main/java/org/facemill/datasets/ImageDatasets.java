package org.facemill.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens a folder that holds a dataset in any of the forms. */
public final class ImageDatasets {

    private ImageDatasets() {}

    /**
     * The dataset in a folder: InsightFace's ({@code train.rec} and {@code train.idx}), TFace's (one {@code *.index}),
     * WebDataset shards ({@code *.tar}), or one subfolder a class.
     *
     * @throws DatasetException if it is none of these, or damaged
     */
    public static ImageDataset open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + ": no folder; give the folder that holds the dataset");
        }
        if (Files.exists(folder.resolve("train.rec"))) {
            return new RecordIoDataset(folder);
        }
        List<Path> shards = files(folder, ".tar");
        return shards.isEmpty() ? open(new FolderFiles(folder)) : new WebDataset(shards);
    }

    /**
     * A dataset that is read from where it lies, image by image: TFace's (one {@code *.index}), or one subfolder a class.
     *
     * @param files closed with the dataset
     * @throws DatasetException if it is none of these, or damaged
     */
    public static ImageDataset open(DatasetFiles files) {
        Optional<String> index = files.names().stream()
                .filter(name -> name.endsWith(".index") && !name.contains("/"))
                .sorted()
                .findFirst();
        return index.isPresent() ? new TfRecordDataset(files, index.get()) : new ImageFolder(files);
    }

    /**
     * A dataset in memory.
     *
     * @param name what messages call it
     * @param identities encoded images, class by class
     */
    public static ImageDataset of(String name, List<List<byte[]>> identities) {
        return new MemoryDataset(name, identities);
    }

    /** Files of a folder with the given end of name, by name. */
    static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed", e);
        }
    }
}
