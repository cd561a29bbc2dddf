package org.facemill.diffusion.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a generator lies.
 *
 * @param folder      as its authors publish it: original checkpoints with or without configuration, or our own files
 * @param checkpoint  the denoiser's weights, where the folder holds several or they lie elsewhere
 * @param autoencoder file or folder of the first stage, where the folder holds several or none
 */
public record ModelLocation(Path folder, Optional<Path> checkpoint, Optional<Path> autoencoder) {

    /** A folder that holds one model. */
    public static ModelLocation of(Path folder) {
        return new ModelLocation(folder, Optional.empty(), Optional.empty());
    }
}
