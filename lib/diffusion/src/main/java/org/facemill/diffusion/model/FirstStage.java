package org.facemill.diffusion.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.torch.Parameters;

/**
 * An autoencoder that is already trained: it encodes a generator's training pictures, and its decoder becomes part of the
 * model.
 *
 * @param config  what it is
 * @param encoder its weights by the original's names
 * @param files   all that it consists of: weights of encoder and decoder, configuration where there is one
 */
public record FirstStage(VqConfig config, Parameters encoder, List<Path> files) implements AutoCloseable {

    /**
     * Loads one.
     *
     * @param folder as latent-diffusion's authors publish it (state dictionaries of encoder and decoder), or a model folder of ours
     * @throws IOException if the folder holds none, or a damaged file
     */
    public static FirstStage open(Path folder) throws IOException {
        try (ModelFolder model = ModelFolder.open(ModelLocation.of(folder))) {
            List<Path> files = model.firstStage();
            VqConfig config = model.autoencoder().orElseThrow();
            return new FirstStage(config, model.encoder(VqAutoencoder.encoder(config, DType.F32)), files);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
