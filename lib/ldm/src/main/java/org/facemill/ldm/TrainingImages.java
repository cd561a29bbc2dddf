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
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Contexts;

/**
 * The pictures that a recipe names.
 *
 * @param unreadable those of its folder that cannot be decoded and are left out, by their paths below it
 */
record TrainingImages(ImageSet set, List<String> unreadable) {

    private static final Logger LOG = System.getLogger(TrainingImages.class.getName());

    /** Receives the progress of a stage, {@code check} or {@code embed}. */
    interface Progress {
        void report(String stage, long done, long total);
    }

    /**
     * @param root     that the recipe's paths start from
     * @param work     folder that keeps what was found out about the pictures
     * @param progress called meanwhile
     */
    static TrainingImages open(LdmRecipe recipe, Path root, Path work, Progress progress) throws IOException {
        LdmRecipe.Data data = recipe.data();
        if (data.painted().isPresent()) {
            ImageSet painted =
                    new PaintedImages(new FacePainter(), data.painted().get(), recipe.imageSize());
            return new TrainingImages(flipped(data, painted), List.of());
        }
        LdmRecipe.Folder folder = data.folder().orElseThrow();
        PictureCheck check = PictureCheck.of(root.resolve(folder.images()), work.resolve("pictures.json"), progress);
        ImageSet images = folder(recipe, folder, check.good(), root, work, progress);
        return new TrainingImages(flipped(data, images), check.unreadable());
    }

    private static ImageSet flipped(LdmRecipe.Data data, ImageSet images) {
        return data.horizontalFlip() ? new MirroredImages(images) : images;
    }

    private static ImageSet folder(
            LdmRecipe recipe, LdmRecipe.Folder folder, List<Picture> pictures, Path root, Path work, Progress progress)
            throws IOException {
        if (!recipe.model().isContextConditional()) {
            List<float[]> none = pictures.stream().map(picture -> new float[0]).toList();
            return new FolderImages(pictures, recipe.imageSize(), none);
        }
        if (folder.encoder().isPresent()) {
            List<Path> files = pictures.stream().map(Picture::file).toList();
            List<float[]> embeddings = new CachingEmbedder(
                            root, folder.encoder().get())
                    .of(files, work.resolve("embeddings.npy"), progress);
            return new FolderImages(pictures, recipe.imageSize(), scaled(recipe, embeddings));
        }
        return withContexts(recipe, pictures, root.resolve(folder.images()), root, folder);
    }

    /** Pictures without a vector, in which no face was found mostly, are left out. */
    private static FolderImages withContexts(
            LdmRecipe recipe, List<Picture> pictures, Path base, Path root, LdmRecipe.Folder folder)
            throws IOException {
        Path contexts = root.resolve(folder.contexts().orElseThrow());
        PairedContexts paired = paired(contexts, pictures, root, folder);
        List<Picture> kept = new ArrayList<>();
        List<float[]> found = new ArrayList<>();
        for (Picture picture : pictures) {
            Optional<float[]> context = paired.find(picture);
            if (context.isPresent()) {
                kept.add(picture);
                found.add(context.get());
            }
        }
        if (kept.isEmpty()) {
            throw new IOException(contexts + " holds no vector for any picture of " + base + ", none called "
                    + paired.names(pictures.get(0)) + " for " + pictures.get(0).file());
        }
        if (kept.size() < pictures.size()) {
            LOG.log(
                    Level.WARNING,
                    "{0} of {1} pictures of {2} have no vector in {3} and are left out",
                    pictures.size() - kept.size(),
                    pictures.size(),
                    base,
                    contexts);
        }
        return new FolderImages(kept, recipe.imageSize(), scaled(recipe, found));
    }

    private static PairedContexts paired(Path contexts, List<Picture> pictures, Path root, LdmRecipe.Folder folder)
            throws IOException {
        if (Files.isDirectory(contexts)) {
            return PairedContexts.in(contexts, pictures);
        }
        Map<String, float[]> vectors = Contexts.read(contexts);
        return PairedContexts.of(
                contexts,
                pictures,
                Contexts.areRows(contexts) ? RowNames.of(contexts, vectors, pictures, root, folder) : vectors);
    }

    private static List<float[]> scaled(LdmRecipe recipe, List<float[]> contexts) {
        return contexts.stream().map(recipe.model().contextNorm()::of).toList();
    }
}
