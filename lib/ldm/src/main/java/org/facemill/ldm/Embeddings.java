package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;

/**
 * A recogniser's embeddings of whole pictures, resized to 112x112 (extract_face_embeddings_from_dir.py).
 *
 * @param root    that paths start from
 * @param encoder {@code reference}, or the path of a recogniser
 */
record Embeddings(Path root, String encoder) {

    private static final int BATCH = 16;
    private static final String REFERENCE = "reference";

    /** Is told how many of how many are done. */
    interface Count {
        void of(long done, long total);
    }

    /**
     * Embeddings in the order of the files.
     *
     * @param cache array [files, dimension] that is written once and read from then on
     * @param done  told after each batch
     */
    List<float[]> of(List<Path> files, Path cache, Count done) throws IOException {
        if (!Files.exists(cache)) {
            Path partial = cache.resolveSibling(cache.getFileName() + ".partial");
            Npy.write(partial, embed(files, done));
            Files.move(partial, cache, StandardCopyOption.REPLACE_EXISTING);
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

    private Tensor embed(List<Path> files, Count done) throws IOException {
        int edge = FacePoints.ARCFACE_112.size();
        try (Encoder network = Encoders.named(
                        encoder.equals(REFERENCE)
                                ? encoder
                                : root.resolve(encoder).toString())
                .adapted(FacePoints.ARCFACE_112)) {
            float[] rows = new float[files.size() * network.dimension()];
            for (int from = 0; from < files.size(); from += BATCH) {
                List<RgbImage> batch = files.subList(from, Math.min(files.size(), from + BATCH)).stream()
                        .map(file -> Images.resizeBilinear(Images.decode(file, Limits.DEFAULT), edge, edge))
                        .toList();
                float[][] embedded = network.embed(batch);
                for (int i = 0; i < embedded.length; i++) {
                    System.arraycopy(embedded[i], 0, rows, (from + i) * network.dimension(), network.dimension());
                }
                done.of(from + embedded.length, files.size());
            }
            return Tensor.of(new long[] {files.size(), network.dimension()}, rows);
        }
    }
}
