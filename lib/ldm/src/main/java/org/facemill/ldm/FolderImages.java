package org.facemill.cli.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facemill.cli.CommandException;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Contexts;

/**
 * Pictures of a folder tree as a training set. The context of {@code a/b.png} is the vector {@code a/b}, else {@code b}, else
 * {@code a} of the contexts file.
 */
final class FolderImages implements ImageSet {

    private final int size;
    private final List<Path> files = new ArrayList<>();
    private final List<float[]> contexts = new ArrayList<>();

    private FolderImages(int size) {
        this.size = size;
    }

    /** @param size edge to which pictures are resized */
    static FolderImages open(LdmRecipe.Folder folder, int size) throws IOException {
        FolderImages images = new FolderImages(size);
        Map<String, float[]> vectors = Contexts.read(folder.contexts(), Contexts.Scale.AS_STORED);
        try (Stream<Path> tree = Files.walk(folder.images())) {
            for (Path file : tree.filter(f -> f.toString().matches("(?i).*\\.(png|jpe?g)")).sorted().toList()) {
                String path = folder.images().relativize(file).toString().replace('\\', '/').replaceFirst("\\.[^.]*$", "");
                images.files.add(file);
                images.contexts.add(Stream.of(path, path.replaceFirst(".*/", ""), path.replaceFirst("/?[^/]*$", ""))
                        .filter(vectors::containsKey).findFirst().map(vectors::get)
                        .orElseThrow(() -> new CommandException(folder.contexts() + " holds no vector `" + path + "` for " + file)));
            }
        }
        if (images.files.isEmpty()) {
            throw new CommandException(folder.images() + ": no .png or .jpg below it");
        }
        return images;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public RgbImage image(int index) {
        RgbImage image = Images.decode(files.get(index), Limits.DEFAULT);
        return image.width() == size && image.height() == size ? image : Images.resizeBilinear(image, size, size);
    }

    @Override
    public float[] context(int index) {
        return contexts.get(index);
    }
}
