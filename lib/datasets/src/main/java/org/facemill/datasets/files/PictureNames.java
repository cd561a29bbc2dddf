package org.facemill.datasets.files;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.datasets.DatasetException;

/** The pictures below a folder, found by their paths with or without suffix. */
public final class PictureNames {

    private final Path folder;
    private final Map<String, Path> paths = new HashMap<>();
    private final Map<String, List<Pictures.Picture>> stems = new HashMap<>();

    /** @throws DatasetException as {@link Pictures#below} */
    public PictureNames(Path folder) {
        this.folder = folder;
        for (Pictures.Picture picture : Pictures.below(folder)) {
            paths.put(picture.path(), picture.file());
            stems.merge(FileNames.stem(picture.path()), List.of(picture), (a, b) -> List.of(a.get(0), b.get(0)));
        }
    }

    /**
     * The picture of a path.
     *
     * @throws DatasetException if several differ in nothing but their suffix, which is not given
     */
    public Optional<Path> find(String path) {
        if (paths.containsKey(path)) {
            return Optional.of(paths.get(path));
        }
        List<Pictures.Picture> pictures = stems.getOrDefault(path, List.of());
        if (pictures.size() > 1) {
            throw new DatasetException("%s: both %s and %s are there; which one is meant?"
                    .formatted(folder, pictures.get(0).path(), pictures.get(1).path()));
        }
        return pictures.stream().map(Pictures.Picture::file).findFirst();
    }

    /** The folder that paths start from. */
    public Path folder() {
        return folder;
    }
}
