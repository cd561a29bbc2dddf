package org.facemill.ldm;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Contexts;

/** Opens the pictures that a recipe names. */
final class TrainingImages {

    private static final Logger LOG = System.getLogger(TrainingImages.class.getName());

    private TrainingImages() {}

    /**
     * @param root     that the recipe's paths start from
     * @param work     folder that keeps the embeddings where a recogniser makes them
     * @param listener called while it does so
     */
    static ImageSet open(LdmRecipe recipe, Path root, Path work, CachingEmbedder.Listener listener) throws IOException {
        LdmRecipe.Data data = recipe.data();
        ImageSet images = data.painted().isPresent()
                ? new PaintedImages(new FacePainter(), data.painted().get(), recipe.imageSize())
                : folder(recipe, data.folder().orElseThrow(), root, work, listener);
        return data.horizontalFlip() ? new MirroredImages(images) : images;
    }

    private static ImageSet folder(
            LdmRecipe recipe, LdmRecipe.Folder folder, Path root, Path work, CachingEmbedder.Listener listener)
            throws IOException {
        Path base = root.resolve(folder.images());
        List<Path> files = FolderImages.files(base);
        if (!recipe.model().isContextConditional()) {
            return new FolderImages(
                    files,
                    recipe.imageSize(),
                    files.stream().map(file -> new float[0]).toList());
        }
        if (folder.encoder().isPresent()) {
            return new FolderImages(
                    files,
                    recipe.imageSize(),
                    new CachingEmbedder(root, folder.encoder().get())
                            .of(files, work.resolve("embeddings.npy"), listener));
        }
        return withContexts(files, base, root.resolve(folder.contexts().orElseThrow()), recipe.imageSize());
    }

    /** Pictures without a vector, in which no face was found mostly, are left out. */
    private static FolderImages withContexts(List<Path> files, Path base, Path contexts, int edge) throws IOException {
        Map<String, float[]> vectors =
                Files.isDirectory(contexts) ? Map.of() : Contexts.read(contexts, Contexts.Scale.AS_STORED);
        List<Path> kept = new ArrayList<>();
        List<float[]> found = new ArrayList<>();
        for (Path file : files) {
            Optional<float[]> context = Files.isDirectory(contexts)
                    ? read(names(base, file), contexts)
                    : names(base, file).stream()
                            .filter(vectors::containsKey)
                            .findFirst()
                            .map(vectors::get);
            if (context.isPresent()) {
                kept.add(file);
                found.add(context.get());
            }
        }
        if (kept.isEmpty()) {
            throw new IOException(contexts + " holds no vector for any picture of " + base + ", none called "
                    + names(base, files.get(0)) + " for " + files.get(0));
        }
        if (kept.size() < files.size()) {
            LOG.log(
                    Level.WARNING,
                    "{0} of {1} pictures of {2} have no vector in {3} and are left out",
                    files.size() - kept.size(),
                    files.size(),
                    base,
                    contexts);
        }
        return new FolderImages(kept, edge, found);
    }

    /** What a picture's vector may be called: {@code a/b} for {@code a/b.png}, else {@code b}, else {@code a}. */
    private static List<String> names(Path base, Path file) {
        String path = base.relativize(file).toString().replace('\\', '/').replaceFirst("\\.[^.]*$", "");
        return Stream.of(path, path.replaceFirst(".*/", ""), path.replaceFirst("/?[^/]*$", ""))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<float[]> read(List<String> names, Path folder) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name + ".npy");
            if (Files.exists(file)) {
                return Optional.of(Contexts.read(file, Contexts.Scale.AS_STORED)
                        .values()
                        .iterator()
                        .next());
            }
        }
        return Optional.empty();
    }
}
