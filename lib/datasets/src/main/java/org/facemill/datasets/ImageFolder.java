package org.facemill.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One subfolder a class; labels follow the sorted names of the subfolders that hold images, images the sorted names of
 * files.
 */
final class ImageFolder implements ImageDataset {

    private record Image(Path file, int label) {
    }

    private final List<Image> images = new ArrayList<>();
    private final int classes;

    ImageFolder(Path root) {
        int label = 0;
        for (Path folder : sorted(root, Files::isDirectory)) {
            List<Path> files = sorted(folder, f -> Files.isRegularFile(f) && ImageNames.isImage(f.getFileName().toString()));
            for (Path file : files) {
                images.add(new Image(file, label));
            }
            label += files.isEmpty() ? 0 : 1;
        }
        classes = label;
        if (images.isEmpty()) {
            throw new DatasetException(root + ": no dataset; expected train.rec, an .index file, .tar shards, or one subfolder "
                    + "of .png or .jpg files for each identity");
        }
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return images.get(index).label();
    }

    @Override
    public String name(int index) {
        return images.get(index).file().toString();
    }

    @Override
    public byte[] image(int index) {
        try {
            return Files.readAllBytes(images.get(index).file());
        } catch (IOException e) {
            throw new DatasetException(name(index) + ": cannot be read (" + e + ")", e);
        }
    }

    @Override
    public void close() {
        // no file stays open
    }

    private static List<Path> sorted(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be listed (" + e + ")", e);
        }
    }
}
