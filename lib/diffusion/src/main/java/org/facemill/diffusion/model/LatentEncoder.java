package org.facemill.diffusion.model;

import java.io.IOException;
import java.util.Optional;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.images.RgbImage;
import org.facemill.tensor.DType;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/** Pictures to what a generator's denoiser works on: its autoencoder's latents, or the pixels themselves. */
public final class LatentEncoder implements AutoCloseable {
    private static final int COLOURS = 3;

    private final int imageSize;
    private final Optional<Autoencoder> autoencoder;

    private record Autoencoder(Parameters parameters, Network network) {}

    private LatentEncoder(int imageSize, Optional<Autoencoder> autoencoder) {
        this.imageSize = imageSize;
        this.autoencoder = autoencoder;
    }

    /**
     * Loads the encoder of a model; a model of pixels needs none.
     *
     * @throws IOException if there is no such model, or it has an autoencoder whose encoder is missing
     */
    public static LatentEncoder open(ModelLocation location) throws IOException {
        try (ModelFolder files = ModelFolder.open(location)) {
            ModelConfig config = files.config();
            if (!config.latent()) {
                return new LatentEncoder(config.imageSize(), Optional.empty());
            }
            Graph graph = VqAutoencoder.pictureEncoder(files.requiredAutoencoder(), DType.F32);
            Parameters parameters = files.encoder(graph);
            return new LatentEncoder(
                    config.imageSize(), Optional.of(new Autoencoder(parameters, Network.load(graph, parameters))));
        }
    }

    /**
     * A picture's latents [C,h,w], row-major.
     *
     * @param picture of the model's size
     */
    public float[] encode(RgbImage picture) {
        if (picture.width() != imageSize || picture.height() != imageSize) {
            throw new IllegalArgumentException("a picture of " + picture.width() + "x" + picture.height()
                    + " given, the model takes " + imageSize + "x" + imageSize);
        }
        if (autoencoder.isEmpty()) {
            float[] pixels = new float[picture.pixels().length];
            pixels(picture, pixels, 0);
            return pixels;
        }
        try (Scope scope = Scope.open()) {
            return autoencoder
                    .get()
                    .network()
                    .apply(scope, scope.bytes(picture.pixels(), 1, imageSize, imageSize, COLOURS))
                    .floats();
        }
    }

    /** Writes a picture as [3,H,W] in -1..1 to {@code out} from {@code at} on. */
    public static void pixels(RgbImage picture, float[] out, int at) {
        byte[] pixels = picture.pixels();
        int positions = pixels.length / COLOURS;
        for (int i = 0; i < pixels.length; i++) {
            out[at + i % COLOURS * positions + i / COLOURS] = (pixels[i] & 0xFF) / 127.5f - 1;
        }
    }

    @Override
    public void close() {
        autoencoder.ifPresent(loaded -> {
            loaded.network().close();
            loaded.parameters().close();
        });
    }
}
