package org.facemill.diffusion.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.images.RgbImage;
import org.facemill.tensor.DType;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.tensor.WholeFiles;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * A training set encoded once: {@code latents-00000.npy} [n,C,h,w] and {@code contexts-00000.npy} [n,length] of so many pictures,
 * then the next. A file that is there is whole; encoding that was cut goes on with the next.
 */
public final class LatentFolder implements TrainingSet, AutoCloseable {
    private static final int PER_FILE = 2048;
    private static final int BATCH = 16;

    private final List<TensorFile> files = new ArrayList<>();
    private final List<Tensor> latents = new ArrayList<>();
    private final List<Tensor> contexts = new ArrayList<>();

    private LatentFolder() {}

    /**
     * Encodes all pictures of a set.
     *
     * @param trained of {@link AutoencoderTrainer}: its average is taken
     * @param precision what the encoder computes in
     * @param done is given the number of pictures encoded so far; an exception that it throws ends the encoding
     */
    public static void encode(
            Path folder, VqConfig config, Parameters trained, DType precision, ImageSet images, LongConsumer done)
            throws IOException {
        Files.createDirectories(folder);
        Graph graph = VqAutoencoder.pictureEncoder(config, precision);
        try (Parameters parameters = Parameters.load(graph, "the trained autoencoder", AveragedWeights.of(trained));
                Network network = Network.load(graph, parameters)) {
            for (int from = 0; from < images.size(); from += PER_FILE) {
                Path file = folder.resolve(name("latents", from));
                int count = Math.min(PER_FILE, images.size() - from);
                if (!Files.exists(file)) {
                    if (images.context(from).length > 0) {
                        write(folder.resolve(name("contexts", from)), contexts(images, from, count));
                    }
                    write(file, latents(network, images, from, count, done));
                }
                done.accept(from + count);
            }
        }
    }

    private static Tensor latents(Network network, ImageSet images, int from, int count, LongConsumer done) {
        ByteBuffer all = null;
        long[] shape = null;
        for (int at = 0; at < count; at += BATCH) {
            int n = Math.min(BATCH, count - at);
            List<RgbImage> batch = IntStream.range(from + at, from + at + n)
                    .parallel()
                    .mapToObj(images::image)
                    .toList();
            try (Scope scope = Scope.open()) {
                var encoded = network.apply(
                        scope,
                        scope.bytes(
                                pixels(batch),
                                n,
                                batch.get(0).height(),
                                batch.get(0).width(),
                                3));
                if (all == null) {
                    shape = encoded.shape();
                    shape[0] = count;
                    all = ByteBuffer.allocate(Math.toIntExact(encoded.size() / n * count) * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
                }
                all.put(encoded.bytes());
            }
            done.accept(from + at + n);
        }
        return Tensor.of(DType.F32, shape, all.flip());
    }

    private static byte[] pixels(List<RgbImage> batch) {
        int size = batch.get(0).pixels().length;
        byte[] pixels = new byte[batch.size() * size];
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(batch.get(i).pixels(), 0, pixels, i * size, size);
        }
        return pixels;
    }

    private static Tensor contexts(ImageSet images, int from, int count) {
        int length = images.context(from).length;
        float[] rows = new float[count * length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(images.context(from + i), 0, rows, i * length, length);
        }
        return Tensor.of(new long[] {count, length}, rows);
    }

    private static void write(Path file, Tensor tensor) throws IOException {
        WholeFiles.write(file, path -> Npy.write(path, tensor));
    }

    private static String name(String what, int from) {
        return String.format(Locale.ROOT, "%s-%05d.npy", what, from / PER_FILE);
    }

    /** Opens what {@link #encode} wrote, of {@code size} pictures. */
    public static LatentFolder open(Path folder, int size) throws IOException {
        LatentFolder set = new LatentFolder();
        try {
            for (int from = 0; from < size; from += PER_FILE) {
                set.latents.add(set.array(folder.resolve(name("latents", from))));
                if (Files.exists(folder.resolve(name("contexts", from)))) {
                    set.contexts.add(set.array(folder.resolve(name("contexts", from))));
                }
            }
            return set;
        } catch (IOException | RuntimeException e) {
            set.close();
            throw e;
        }
    }

    private Tensor array(Path file) throws IOException {
        TensorFile opened = TensorFile.open(file);
        files.add(opened);
        return opened.get(TensorFile.BARE_ARRAY);
    }

    @Override
    public int size() {
        return (int) latents.stream().mapToLong(file -> file.shape()[0]).sum();
    }

    @Override
    public long[] shape() {
        long[] shape = latents.get(0).shape();
        return new long[] {shape[1], shape[2], shape[3]};
    }

    @Override
    public int contextLength() {
        return contexts.isEmpty() ? 0 : (int) contexts.get(0).shape()[1];
    }

    @Override
    public void sample(int index, float[] out, int at) {
        copy(latents, index, out, at);
    }

    @Override
    public void context(int index, float[] out, int at) {
        if (!contexts.isEmpty()) {
            copy(contexts, index, out, at);
        }
    }

    private static void copy(List<Tensor> arrays, int index, float[] out, int at) {
        float[] row = arrays.get(index / PER_FILE).part(index % PER_FILE).floats();
        System.arraycopy(row, 0, out, at, row.length);
    }

    /** Latent vectors [count, C] at random places of random samples: what a codebook is fitted to. */
    public float[] vectors(int count, long seed) {
        long[] shape = shape();
        int channels = (int) shape[0];
        int positions = (int) (shape[1] * shape[2]);
        float[] sample = new float[channels * positions];
        float[] vectors = new float[count * channels];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            if (i % 32 == 0) {
                sample(random.nextInt(size()), sample, 0);
            }
            int position = random.nextInt(positions);
            for (int c = 0; c < channels; c++) {
                vectors[i * channels + c] = sample[c * positions + position];
            }
        }
        return vectors;
    }

    @Override
    public void close() throws IOException {
        for (TensorFile file : files) {
            file.close();
        }
    }
}
