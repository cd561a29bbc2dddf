package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.recipe.Names;
import org.facemill.images.FacePoints;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.WholeFiles;

/**
 * Embeds whole pictures, resized to 112x112, by a recogniser (extract_face_embeddings_from_dir.py), once: what is
 * computed is kept in a file.
 *
 * @param root    that paths start from
 * @param encoder {@code reference}, or the path of a recogniser
 */
record CachingEmbedder(Path root, String encoder) {

    private static final int BATCH = 16;
    /**
     * Embeddings in the order of the files.
     *
     * @param cache array [files, dimension] that is written once and read from then on
     * @param progress called after each batch
     */
    List<float[]> of(List<Path> files, Path cache, TrainingImages.Progress progress) throws IOException {
        if (!Files.exists(cache)) {
            Tensor embeddings = embed(files, progress);
            WholeFiles.write(cache, path -> Npy.write(path, embeddings));
        }
        Tensor rows = Npy.read(cache);
        if (rows.shape()[0] != files.size()) {
            throw new IOException(cache + " holds " + rows.shape()[0] + " embeddings, the folder " + files.size()
                    + " pictures; delete it if the pictures have changed");
        }
        List<float[]> embeddings = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            embeddings.add(rows.part(i).floats());
        }
        return embeddings;
    }

    private Tensor embed(List<Path> files, TrainingImages.Progress progress) throws IOException {
        int edge = FacePoints.ARCFACE_112.size();
        try (Encoder network = Encoders.named(
                        encoder.equals(Names.REFERENCE_ENCODER)
                                ? encoder
                                : root.resolve(encoder).toString())
                .adapted(FacePoints.ARCFACE_112)) {
            float[] rows = new float[files.size() * network.dimension()];
            for (int from = 0; from < files.size(); from += BATCH) {
                List<RgbImage> batch = files.subList(from, Math.min(files.size(), from + BATCH)).stream()
                        .map(file -> Images.resizeAntialiased(Images.decode(file, Limits.DEFAULT), edge, edge))
                        .toList();
                float[][] embedded = network.embed(batch);
                for (int i = 0; i < embedded.length; i++) {
                    System.arraycopy(embedded[i], 0, rows, (from + i) * network.dimension(), network.dimension());
                }
                progress.report("embed", from + embedded.length, files.size());
            }
            return Tensor.of(new long[] {files.size(), network.dimension()}, rows);
        }
    }
}
